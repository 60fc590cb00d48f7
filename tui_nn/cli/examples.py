"""Examples of each command, as its help shows them."""

from collections.abc import Mapping

EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "train": ("tui-nn train lecture", "tui-nn train lecture --iterations 500 --history --format csv"),
    "show": ("tui-nn show lecture --iteration 37", 'tui-nn show lecture --iteration 37 --cell "delta2[1,3]"'),
    "derive": ("tui-nn derive lecture", "tui-nn derive lecture --step delta2"),
    "walk": ("tui-nn walk lecture", "TERM=dumb tui-nn walk softmax --iteration 10"),
    "predict": ("tui-nn predict lecture --x 8 5", "tui-nn predict lecture --x 8 5 --x 2 9 --iteration 100"),
    "check": ("tui-nn check homework-biases", 'tui-nn check lecture --mistake "lost minus"'),
    "diagnose": ("tui-nn diagnose homework-gradients ben", "Rscript loop.R | tui-nn diagnose lecture -"),
    "export": (
        "tui-nn export lecture --to html -o page.html",
        "tui-nn export first-lesson --to html-replay -o film.html",
    ),
    "starts": ("tui-nn starts lecture --count 1000",),
    "sweep": (
        "tui-nn sweep lecture --learning-rate 0.1,1,5",
        "tui-nn sweep xor --hidden 2,3,4-3 --seeds 50 --format csv",
    ),
    "verify": ("tui-nn verify first-lesson",),
    "answers": ("tui-nn answers anna.toml ben.toml", "tui-nn answers --lesson homework-gradients anna.txt ben.txt"),
    "new": ("tui-nn new spiral", "tui-nn new circle --points 200 --noise 0.2 --seed 7 -o mine.toml"),
    "split": ("tui-nn split iris --share 0.25 --seed 1",),
    "share": ("tui-nn share my-lesson.toml",),
    "sessions": ("tui-nn sessions", "tui-nn sessions --recorded"),
    "replay": ("tui-nn replay first-lesson", 'tui-nn replay my-lesson.toml --speed 4 --from "the gradients"'),
    "follow": ("tui-nn follow /var/tmp/tui-nn-anna/lesson.toml",),
    "serve": ("tui-nn serve my-lesson.toml --follow", "tui-nn serve lecture --lab --port 8000"),
    "completion": (
        "tui-nn completion bash >> ~/.bashrc",
        "tui-nn completion fish > ~/.config/fish/completions/tui-nn.fish",
    ),
}
