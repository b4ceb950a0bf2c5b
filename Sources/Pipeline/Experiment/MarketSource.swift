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
      return try real(options.source, options, log: log)
    }
    let model = try SyntheticModel(String(options.source.dropFirst(DataOptions.syntheticPrefix.count)))
    let maker = try SyntheticMarket(
      model: model, count: options.bars, seed: options.seed, edge: options.edge)
    if !model.needsSource { try options.checkRealOptions(with: options.source) }
    let source =
      model.needsSource ? try real(options.resampled, options, log: log) : nil
    return MarketSource(
      market: try maker.market(resampling: source?.market), report: source?.report)
  }

  private static func real(_ source: String, _ options: DataOptions, log: InputLog?) throws -> MarketSource {
    let builtIn = "builtin:"
    let choices = try BarsChoices(options)
    guard source.hasPrefix(builtIn) else {
      let reader = MarketReader(
        skipBadRows: options.skipBadRows,
        settings: try TimeSettings(format: options.timeFormat, zone: options.timeZone), choices: choices)
      let reading = try reader.read(path: source, log: log)
      return MarketSource(market: reading.market, report: reading.report)
    }
    let name = String(source.dropFirst(builtIn.count))
    guard let market = BuiltInMarket(rawValue: name) else {
      throw ConfigurationError.unknownName(
        option: "data", found: name, known: BuiltInMarket.allCases.map(\.rawValue))
    }
    try options.checkFileOptions(with: source)
    let reading = try MarketReader(skipBadRows: false, settings: TimeSettings(), choices: choices)
      .read(market.bytes, file: name + ".csv")
    return MarketSource(market: reading.market, report: nil)
  }
}

extension MarketSource {
  /// What the user should hear of the bars before any figure.
  var notes: [DataNote] {
    guard let report else { return [] }
    let times = report.times
    let spelling = times.isPlain && !times.isNewestFirst ? [] : [DataNote("times", times.words)]
    return spelling + report.notes
      + [CloseLevel.note(market), LargeMoves.note(market, most: 3, showsLargest: false)].compactMap { $0 }
  }
}
