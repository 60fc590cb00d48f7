# Writes r_printed.json: matrices and lists as R prints them, and their numbers. Run: Rscript r_printed.R > r_printed.json
set.seed(20)
quoted <- function(text) paste0('"', gsub('"', '\\"', gsub('\\', '\\\\', text, fixed = TRUE), fixed = TRUE), '"')
numbers <- function(m) paste0("[", paste(sprintf("%.17g", m), collapse = ", "), "]")
cases <- character()
for (i in 1:96) {
  rows <- sample(1:6, 1); columns <- sample(1:9, 1)
  m <- matrix(rnorm(rows * columns) * 10^sample(-6:3, 1), rows, columns)
  if (i %% 5 == 0) m <- m * 10^matrix(runif(rows * columns, -3, 1), rows, columns)
  if (i %% 7 == 0) m <- t(t(m) * 10^runif(columns, -4, 4))
  options(digits = sample(c(7, 7, 7, 4, 5, 10, 15), 1), width = sample(c(80, 80, 40, 30), 1))
  how <- c("print", "round", "signif", "list", "frame", "names")[i %% 6 + 1]
  shown <- m
  if (how == "round") shown <- round(m, sample(2:5, 1))
  if (how == "signif") { options(digits = 7); m <- m / max(abs(m)); shown <- signif(m, sample(2:5, 1)) }
  if (how == "list") { shown <- m <- as.vector(m) }
  if (how == "frame") { shown <- as.data.frame(m) }
  if (how == "names") { dimnames(shown) <- list(paste0("x", 1:rows), paste0("h", 1:columns)) }
  text <- capture.output(print(shown))
  size <- if (how == "list") c(1, length(m)) else c(rows, columns)
  cases <- c(cases, sprintf('{"how": "%s", "rows": %d, "columns": %d, "numbers": %s, "printed": %s}', how, as.integer(size[1]),
    as.integer(size[2]), numbers(m), gsub("\n", "\\n", quoted(paste(text, collapse = "\n")), fixed = TRUE)))
}
cat("[\n", paste(cases, collapse = ",\n"), "\n]\n", sep = "")
