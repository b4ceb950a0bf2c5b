import ArgumentParser
import Pipeline

/// What a file of returns holds.
struct ReturnsArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What the numbers are: returns, percent, log, gross (1 + return), prices, equity, log-prices, cumulative (compounded returns), cumulative-percent, summed, or money (default: recognised).",
      valueName: "kind"))
  var values: String?

  @Option(
    help: ArgumentHelp(
      "What the numbers of a benchmark's file are, as for --values (default: recognised).", valueName: "kind")
  )
  var benchmarkValues: String?

  @Option(
    help: ArgumentHelp(
      "Rows of names above the returns, joined by /; 0 for none (default: recognised).", valueName: "n"))
  var headerRows: Int?

  @Option(help: ArgumentHelp("Of --values money or summed: divide profits by this.", valueName: "x"))
  var capital: Double?

  @Option(
    help: ArgumentHelp(
      "Where columns begin at different bars: common uses the bars that all have, zero takes blanks at the beginning as 0 (default: common, unless that is less than half).",
      valueName: "how"))
  var startBlank: String?

  @Option(
    help: ArgumentHelp(
      "bars or strategies: what a row is, in a file without names and times (default: bars).",
      valueName: "what"))
  var rows: String?

  func apply(to options: inout StatsOptions) throws {
    if let values { options.values = try Choice.of(values, "values") }
    if let benchmarkValues { options.benchmarkValues = try Choice.of(benchmarkValues, "benchmark-values") }
    options.headerRows = headerRows
    options.capital = capital
    if let startBlank { options.startBlank = try Choice.of(startBlank, "start-blank") }
    if let rows { options.rows = try Choice.of(rows, "rows") }
  }
}
