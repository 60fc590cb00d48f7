# How R prints columns of numbers, for r_print.json: Rscript r_print.R > r_print.json
set.seed(102)
scales <- c(1e-300, 1e-20, 1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1, 10, 100, 1e4, 1e5, 1e6, 1e15, 1e20, 1e300)
columns <- c(
  list(
    c(0, 0), c(1, 1), c(-1, 10, 100), c(0.5, 0.25), c(1e5, 1), c(100000), c(123456), c(1e-4), c(0.0001234), c(1e15),
    c(9.9999995), c(99999.995), c(0.1 + 0.2), c(1 / 3), c(-0.000001, 1), c(1e-10, 1), c(1e10, 1.5), c(7.073749226203648e-09)
  ),
  lapply(scales, function(scale) scale * rnorm(4)),
  lapply(scales, function(scale) c(scale, 1) * rnorm(2)),
  lapply(1:20, function(i) round(rnorm(3, sd = 10 ^ runif(1, -6, 6)), i %% 5))
)
quoted <- function(texts) paste0('"', texts, '"', collapse = ", ")
row <- function(column) {
  # format() writes the cells of a column as print() does.
  sprintf('{"cells": [%s], "printed": [%s]}', paste(sprintf("%.17g", column), collapse = ", "), quoted(format(column, digits = 7)))
}
cat("[\n", paste(sapply(columns, row), collapse = ",\n"), "\n]\n", sep = "")
