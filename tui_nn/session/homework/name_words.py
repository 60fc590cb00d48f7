"""The words with which programs call matrices, in English, German, French and Spanish, without accents."""


def _words(text: str) -> list[str]:
    return text.split()


GRADIENTS = frozenset(
    _words(
        "grad grads gradient gradients gradienten ableitung ableitungen derivative derivatives deriv "
        "gradiente gradientes derivee derivada"
    )
)
"""Words for the gradient of what stands beside them."""
AROUND = frozenset(
    _words(
        "layers layer model net network nn params parameters parameter state dict self result results "
        "res hist history list all final my the matrix of wrt schicht data values value first last "
        "iteration iterations epoch lecture out1 lin fc linear dense module log logs print df mat "
        "matrix array np arr matrice matriz couche capa reseau red de la du"
    )
)
"""Words that stand around the name of a matrix and say nothing of it."""
FIRST, LAST = "first", "last"
"""The hidden layer, and the output layer."""
# Programs that call x layer 0 count layers and weights from 0.
ZERO = "zero"
"""Their numbers count from 0."""
KINDS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(
        _words("w weight weights theta thetas gewicht gewichte poids peso pesos wts kernel kernels coef coefs"),
        ("W", ""),
    ),
    **dict.fromkeys(_words("wh whidden wih winput win inputhidden whid weightshidden hiddenweights"), ("W", FIRST)),
    **dict.fromkeys(_words("wo wout woutput who weightsoutput outputweights whiddenoutput wy"), ("W", LAST)),
    **dict.fromkeys(_words("syn synapse synapses"), ("W", ZERO)),
    **dict.fromkeys(_words("l layer layers"), ("A", ZERO)),
    **dict.fromkeys(_words("ldelta layerdelta"), ("delta", ZERO)),
    **dict.fromkeys(_words("b bias biases biais sesgo sesgos intercept intercepts offset"), ("b", "")),
    **dict.fromkeys(_words("bh bhidden biashidden hiddenbias bhid"), ("b", FIRST)),
    **dict.fromkeys(_words("bo bout boutput biasoutput outputbias by"), ("b", LAST)),
    **dict.fromkeys(_words("z zs zin netin netinput preactivation preactivations preact sums"), ("Z", "")),
    **dict.fromkeys(_words("zh zhidden hiddeninput hiddenlayerinput hiddenin nethidden neth"), ("Z", FIRST)),
    **dict.fromkeys(_words("zo zout zoutput outputinput outputlayerinput netoutput neto"), ("Z", LAST)),
    **dict.fromkeys(_words("a act activation activations aktivierung"), ("A", "")),
    **dict.fromkeys(
        _words(
            "h hidden hiddenlayer hiddenoutput hiddenlayeroutput hiddenout hiddenactivation "
            "hiddenlayeractivation ah ahidden"
        ),
        ("A", FIRST),
    ),
    **dict.fromkeys(
        _words(
            "yhat yhats ypred ypreds yp yout ypredicted ypredict pred preds prediction predictions "
            "predicted predict output outputs out o fitted vorhersage vorhersagen probs probabilities ao "
            "aout outputlayeroutput outputlayer outputoutput predictedoutput finaloutput youtput ydach "
            "prevision previsions prediccion predicciones vorhergesagt sortie sorties salida salidas ausgabe ausgaben"
        ),
        ("Y_hat", ""),
    ),
    **dict.fromkeys(_words("y target targets ytrue actual ziel cible cibles objetivo ytrain ys"), ("Y", "")),
    **dict.fromkeys(
        _words("x input inputs xtrain features eingabe entree entrees entrada entradas xs xscaled xnorm"), ("X", "")
    ),
    **dict.fromkeys(
        _words(
            "cost costs j js kosten costfunction totalcost error errors err fehler e c costhist "
            "costhistory costlist costvec costsum totalerror jhist jhistory errorhist errorhistory hist "
            "history costfn kostenverlauf halfsse cout couts costo costos coste erreur erreurs"
        ),
        ("cost", ""),
    ),
    **dict.fromkeys(
        _words("loss losses perte perdida mse losshist losshistory verlust meanloss trainloss sse rss"), ("loss", "")
    ),
    **dict.fromkeys(_words("delta deltas d dz djdz dldz dcdz dedz dlossdz dcostdz graddz gradz dnet"), ("delta", "")),
    **dict.fromkeys(_words("deltaoutput outputdelta doutput deltao deltaout dzo doutputdelta"), ("delta", LAST)),
    **dict.fromkeys(_words("deltahidden hiddendelta dhidden deltah dzh dhiddenlayer"), ("delta", FIRST)),
}
"""What a name means, and of which end of the network: W, b, Z, A, Y_hat, Y, X, cost, loss or delta."""
