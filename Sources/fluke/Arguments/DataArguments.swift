import ArgumentParser
import Pipeline

/// Which bars, but for the edge that is planted in them.
struct SourceArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Bars: a CSV file, builtin:btc-1d, builtin:btc-5m, or synthetic:MODEL with random-walk, garch, regimes or bootstrap.",
      valueName: "source"))
  var data: String?

  @Flag(help: "Leave out rows that cannot be used, and count them, instead of refusing the file.")
  var skipBadRows = false

  @Option(help: ArgumentHelp("Of a synthetic market: its bars (default: 2694).", valueName: "n"))
  var bars: Int?

  @Option(help: ArgumentHelp("Of a synthetic market: its seed (default: 1).", valueName: "n"))
  var marketSeed: UInt64?

  @Option(
    help: ArgumentHelp(
      "Of synthetic:bootstrap: the bars that it resamples (default: builtin:btc-1d).", valueName: "source"))
  var resample: String?

  func apply(to configuration: inout Configuration) {
    if let data { configuration.data.source = data }
    if skipBadRows { configuration.data.skipBadRows = true }
    if let bars { configuration.data.bars = bars }
    if let marketSeed { configuration.data.seed = marketSeed }
    if let resample { configuration.data.resampled = resample }
  }
}

/// Which bars.
struct DataArguments: ParsableArguments {
  @OptionGroup var source: SourceArguments

  @Option(
    help: ArgumentHelp(
      "Of a synthetic market: a planted edge, what momentum over one bar earns a bar (default: 0).",
      valueName: "x"))
  var edge: Double?

  func apply(to configuration: inout Configuration) {
    source.apply(to: &configuration)
    if let edge { configuration.data.edge = edge }
  }
}
