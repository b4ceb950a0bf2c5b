import ArgumentParser
import Pipeline

/// The bars of a command for which none are named.
protocol UsualBars {
  /// Their name in the help.
  static var name: String { get }
}

/// The bars of the demonstration.
enum BuiltInBars: UsualBars {
  static let name = DataOptions().source
}

/// None: the command does without.
enum NoBars: UsualBars {
  static let name = "none"
}

/// Which bars, but for the edge that is planted in them.
struct SourceArguments<Usual: UsualBars>: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Prices: a CSV file, builtin:btc-1d, builtin:btc-5m, or synthetic:MODEL with MODEL random-walk, garch, regimes or bootstrap (default: \(Usual.name)).",
      valueName: "source"),
    completion: Completions.markets)
  var data: String?

  @Flag(help: "Leave out and count rows that cannot be used, instead of refusing the file.")
  var skipBadRows = false

  @OptionGroup var selection: BarsArguments
  @OptionGroup var times: TimeArguments

  @Option(help: ArgumentHelp("Synthetic data: number of bars (default: 2694).", valueName: "n"))
  var bars: Int?

  @Option(help: ArgumentHelp("Synthetic data: seed of the bars (default: 1).", valueName: "n"))
  var marketSeed: UInt64?

  @Option(
    help: ArgumentHelp(
      "synthetic:bootstrap: the prices that it resamples (default: builtin:btc-1d).", valueName: "source"),
    completion: Completions.markets)
  var resample: String?

  func apply(to configuration: inout Configuration) throws {
    if let data { configuration.data.source = try MarketName.one(data, option: "data") }
    if skipBadRows { configuration.data.skipBadRows = true }
    selection.apply(to: &configuration.data)
    configuration.data.timeFormat = times.timeFormat ?? configuration.data.timeFormat
    configuration.data.timeZone = times.timeZone ?? configuration.data.timeZone
    if let bars { configuration.data.bars = bars }
    if let marketSeed { configuration.data.seed = marketSeed }
    if let resample { configuration.data.resampled = try MarketName.one(resample, option: "resample") }
  }
}

/// Which bars.
struct DataArguments: ParsableArguments {
  @OptionGroup var source: SourceArguments<BuiltInBars>

  @Option(
    help: ArgumentHelp(
      "Synthetic data: adds a known edge, the expected return per bar of following the last bar's direction (default: 0).",
      valueName: "x"))
  var edge: Double?

  func apply(to configuration: inout Configuration) throws {
    try source.apply(to: &configuration)
    if let edge { configuration.data.edge = edge }
  }
}
