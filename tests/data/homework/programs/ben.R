# The mistake: a vector added to a matrix is recycled down the columns.
X <- matrix(c(0.2, 0.6, 1.0, 0.9, 0.5, 0.3), 3, 2)
Y <- matrix(c(0.3, 0.8, 0.5), 3, 1)
W_1 <- matrix(c(0.512, -0.423, -0.314, 0.635, 0.806, 0.118), 2, 3)
b_1 <- c(0.105, -0.215, 0.325)
W_2 <- matrix(c(0.721, -0.535, 0.418), 3, 1)
b_2 <- 0.205
sigmoid <- function(z) 1 / (1 + exp(-z))
sigmoidprime <- function(z) sigmoid(z) * (1 - sigmoid(z))
for (i in 1:500) {
  Z_2 <- X %*% W_1 + b_1
  A_2 <- sigmoid(Z_2)
  Z_3 <- A_2 %*% W_2 + b_2
  Y_hat <- sigmoid(Z_3)
  delta_3 <- -(Y - Y_hat) * sigmoidprime(Z_3)
  djdW2 <- t(A_2) %*% delta_3
  djdb2 <- colSums(delta_3)
  delta_2 <- delta_3 %*% t(W_2) * sigmoidprime(Z_2)
  djdW1 <- t(X) %*% delta_2
  djdb1 <- colSums(delta_2)
  W_1 <- W_1 - 0.5 * djdW1
  b_1 <- b_1 - 0.5 * djdb1
  W_2 <- W_2 - 0.5 * djdW2
  b_2 <- b_2 - 0.5 * djdb2
  if (i == 1) {
    print(list(Z_2 = Z_2, A_2 = A_2, Y_hat = Y_hat, djdW1 = djdW1, djdW2 = djdW2))
    print(list(W_1 = W_1, b_1 = b_1, W_2 = W_2, b_2 = b_2))
  }
}
