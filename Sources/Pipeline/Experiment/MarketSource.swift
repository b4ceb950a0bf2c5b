import Backtesting

/// Bars wherever they come from: a file, the program itself, or a model.
struct MarketSource {
  let market: Market
  /// What a reader left out; `nil` where nothing was read from a file.
  let report: ImportReport?

  /// The bars that `options` ask for; files that are read are noted in `log`.
  ///
  /// - Throws: ``ImportError``, ``ConfigurationError``, `SyntheticMarketError`.
  static func load(_ options: DataOptions, log: InputLog? = nil) throws -> MarketSource {
    guard options.isSynthetic else {
      return try real(options.source, skipBadRows: options.skipBadRows, log: log)
    }
    let model = try SyntheticModel(String(options.source.dropFirst(DataOptions.syntheticPrefix.count)))
    let maker = try SyntheticMarket(
      model: model, count: options.bars, seed: options.seed, edge: options.edge)
    let source =
      model.needsSource ? try real(options.resampled, skipBadRows: options.skipBadRows, log: log) : nil
    return MarketSource(
      market: try maker.market(resampling: source?.market), report: source?.report)
  }

  private static func real(_ source: String, skipBadRows: Bool, log: InputLog?) throws -> MarketSource {
    let builtIn = "builtin:"
    let reader = MarketReader(skipBadRows: skipBadRows)
    guard source.hasPrefix(builtIn) else {
      let reading = try reader.read(path: source, log: log)
      return MarketSource(market: reading.market, report: reading.report)
    }
    let name = String(source.dropFirst(builtIn.count))
    guard let market = BuiltInMarket(rawValue: name) else {
      throw ConfigurationError.unknownName(
        option: "data", found: name, known: BuiltInMarket.allCases.map(\.rawValue))
    }
    let reading = try reader.read(market.bytes, file: name + ".csv")
    return MarketSource(market: reading.market, report: nil)
  }
}
