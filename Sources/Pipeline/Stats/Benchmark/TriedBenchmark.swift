import Statistics

/// What the strategies of a file have to beat.
struct TriedBenchmark: Sendable {
  /// What it is called.
  let name: String
  /// The benchmark's returns on the bars that are used; `nil` for 0, or where each strategy has its own.
  let returns: [Double]?
  /// The market's returns on these bars, of which each strategy's exposure is taken out; `nil` otherwise.
  let market: [Double]?
  /// Of the summary: what was taken, and what the harder one would be.
  let words: String

  /// Where the benchmark comes from, on all bars of the file.
  enum Source {
    case cash
    /// A column of the file.
    case column(Int, name: String)
    /// A file of one column.
    case file([Double], name: String)
    /// Bars, which all have to beat alike, or each by its own exposure.
    case market([Double], name: String, isExposure: Bool)

    /// The column of the file that is no strategy.
    var column: Int? {
      if case .column(let column, _) = self { column } else { nil }
    }
  }

  /// The part of `source` that is used.
  ///
  /// - Throws: ``ConfigurationError/undefinedBenchmark(name:bar:)``.
  init(_ source: Source, _ matrix: ReturnMatrix, from start: Int) throws(ConfigurationError) {
    switch source {
    case .cash:
      (name, returns, market) = ("cash", nil, nil)
      words = "cash; a benchmark column, or --data BARS --benchmark exposure, is the harder test"
    case .column(let column, let name):
      (self.name, returns, market) = (name, Array(matrix.column(column)[start...]), nil)
      words = "\(name), a column of the file"
    case .file(let series, let name):
      (self.name, returns, market) = (name, Array(series[start...]), nil)
      words = "\(name), a file of its own"
    case .market(let series, let name, isExposure: false):
      (self.name, returns, market) = (SweepBenchmark.market.rawValue, Array(series[start...]), nil)
      words = "holding the market of \(name); --benchmark exposure is the test of timing alone"
    case .market(let series, let name, isExposure: true):
      (self.name, returns, market) = (SweepBenchmark.exposure.rawValue, nil, Array(series[start...]))
      words = "each strategy's own exposure to the market of \(name)"
    }
    if let bar = (returns ?? market)?.firstIndex(where: { !$0.isFinite }) {
      throw .undefinedBenchmark(name: name, bar: start + bar + 1)
    }
  }
}

extension TriedBenchmark.Source {
  /// What `options` ask for.
  ///
  /// - Throws: ``ImportError``, ``ConfigurationError``, ``ReturnsFault``.
  init(_ options: StatsOptions, _ found: ImportedReturns, _ input: ReturnsInput, log: InputLog) throws {
    if let data = options.data {
      let kind = options.benchmark.map { SweepBenchmark(rawValue: $0) } ?? .exposure
      guard let kind, kind != .cash else {
        throw ConfigurationError.notTogether(
          option: "data", with: "--benchmark \(options.benchmark ?? "")",
          remedy: "choose --benchmark exposure or market, or leave --data out")
      }
      if kind == .market, [.money, .summed].contains(input.values), options.capital == nil {
        throw ConfigurationError.notTogether(
          option: "benchmark", with: "profits in money, market", remedy: "give --capital, or choose exposure")
      }
      let market = try MarketSource.load(data, log: log).market
      let name = InputFile.name(ofPath: data.source)
      let returns = try MarketReturns(market, name: name, for: found).values
      self = .market(returns, name: name, isExposure: kind == .exposure)
      return
    }
    guard let name = options.benchmark else {
      self = .cash
      return
    }
    if let column = found.names.firstIndex(of: name) {
      self = .column(column, name: name)
      return
    }
    if name == SweepBenchmark.cash.rawValue {
      self = .cash
      return
    }
    if SweepBenchmark(rawValue: name) != nil {
      throw ConfigurationError.notTogether(
        option: "benchmark", with: "\(name) without bars", remedy: "give the market's bars with --data")
    }
    do {
      let series = try Self.series(path: name, for: found, input, options, log: log)
      self = .file(series, name: InputFile.stem(ofPath: name))
    } catch ImportError.missingFile {
      throw ConfigurationError.unknownName(
        option: "benchmark", found: name, known: Array(found.names.prefix(8)) + ["a file of returns"])
    }
  }

  /// The returns of a file of one column, in the unit of the strategies' file, or where that was recognised and not
  /// given, in whichever brings its deviation nearer to theirs.
  private static func series(
    path: String, for found: ImportedReturns, _ input: ReturnsInput, _ options: StatsOptions, log: InputLog
  ) throws -> [Double] {
    let series = try ReturnsReader(
      settings: try TimeSettings(format: options.timeFormat, zone: options.timeZone)
    ).readBenchmark(path: path, for: found, log: log)
    do {
      var values = input.values
      if !input.isGiven {
        let own = try ValuesFinding(series.matrix, names: series.names, periodsPerYear: .nan)
        let deviations = ColumnShape.all(found.matrix).map(\.deviation).sorted()
        let typical = deviations[deviations.count / 2]
        let deviation = ColumnShape.all(series.matrix)[0].deviation
        // Ten times is halfway to a hundred.
        let isPercent = own.percent != nil || values == .percent && deviation > 10 * typical
        values = isPercent ? .percent : .returns
      }
      return try ReturnsConversion(values: values, capital: options.capital)
        .returns(series.matrix, names: series.names).column(0)
    } catch let fault as ReturnsFault {
      throw ImportError.badReturns(InputFile.name(ofPath: path), fault)
    }
  }
}
