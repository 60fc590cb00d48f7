# The mistake: the rate is 0.05. It prints the weights after the loop, and nothing of iteration 1.
x <- rbind(c(0.2, 0.9), c(0.6, 0.5), c(1.0, 0.3))
y <- c(0.3, 0.8, 0.5)
layers <- list(
  list(W = rbind(c(0.512, -0.314, 0.806), c(-0.423, 0.635, 0.118)), b = c(0.105, -0.215, 0.325)),
  list(W = cbind(c(0.721, -0.535, 0.418)), b = 0.205)
)
for (i in 1:500) {
  a2 <- plogis(sweep(x %*% layers[[1]]$W, 2, layers[[1]]$b, "+"))
  a3 <- plogis(sweep(a2 %*% layers[[2]]$W, 2, layers[[2]]$b, "+"))
  d3 <- (a3 - y) * a3 * (1 - a3)
  d2 <- d3 %*% t(layers[[2]]$W) * a2 * (1 - a2)
  layers[[1]]$W <- layers[[1]]$W - 0.05 * crossprod(x, d2)
  layers[[1]]$b <- layers[[1]]$b - 0.05 * colSums(d2)
  layers[[2]]$W <- layers[[2]]$W - 0.05 * crossprod(a2, d3)
  layers[[2]]$b <- layers[[2]]$b - 0.05 * colSums(d3)
}
print(layers)
