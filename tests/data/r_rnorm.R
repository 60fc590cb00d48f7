# What r_rnorm.json holds: set.seed(seed); rnorm(12), at 17 digits. Rscript r_rnorm.R > r_rnorm.json
seeds <- c(0L, 1L, 2L, 42L, 102L, -1L, 2147483647L)
row <- function(seed) {
  set.seed(seed)
  sprintf('"%d": [%s]', seed, paste(sprintf("%.17g", rnorm(12)), collapse = ", "))
}
cat("{\n", paste(sapply(seeds, row), collapse = ",\n"), "\n}\n", sep = "")
