import ArgumentParser
import Pipeline

/// Which bars of a file, and where in it they are.
struct BarsArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Which columns hold what, by name or by number from 1: time=Date,close=Last or time=1,close=5, with date, time, "
        + "open, high, low, close, adjusted, volume and symbol; without a header also in order: time,open,high,low,close.",
      valueName: "names"))
  var columns: String?

  @Option(help: ArgumentHelp("Whose bars, of a file with several instruments.", valueName: "name"))
  var symbol: String?

  @Flag(help: "Scale prices to the adjusted close (Adj Close), for splits and dividends.")
  var adjusted = false

  @Option(
    help: ArgumentHelp(
      "The first day or time that is used, on the clock of the file: 2020, 2020-01, 2020-01-31 or 2020-01-31T09:30.",
      valueName: "time"))
  var from: String?

  @Option(help: ArgumentHelp("The last day or time that is used, all of it.", valueName: "time"))
  var to: String?

  func apply(to data: inout DataOptions) {
    data.columns = columns ?? data.columns
    data.symbol = symbol ?? data.symbol
    data.adjusted = adjusted || data.adjusted
    data.from = from ?? data.from
    data.to = to ?? data.to
  }
}
