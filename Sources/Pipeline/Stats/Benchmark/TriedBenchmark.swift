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
    /// A file of one column, and what its numbers were.
    case file([Double], name: String, ReturnsValues)
    /// Bars, which all have to beat alike, or each by its own exposure.
    case market([Double], name: String, isExposure: Bool)

    /// The column of the file that is no strategy.
    var column: Int? {
      if case .column(let column, _) = self { column } else { nil }
    }

    /// The first bar with a return: levels have none on the first of all, unless there is one before it.
    var firstBar: Int {
      if case .file(let series, _, let values) = self, !values.isOfBars, series.first?.isNaN == true {
        1
      } else {
        0
      }
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
    case .file(let series, let name, let values):
      (self.name, returns, market) = (name, Array(series[start...]), nil)
      words = "\(name), a file of its own" + (values == .returns ? "" : ": \(values.words)")
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
      if kind == .market, input.isMoney {
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
    let column = found.names.firstIndex(of: name)
    if options.benchmarkValues != nil, column != nil || name == SweepBenchmark.cash.rawValue {
      throw ConfigurationError.notTogether(
        option: "benchmark-values", with: "--benchmark \(name), which is no file",
        remedy: "leave it out, or name a file")
    }
    if let column {
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
      let (series, values) = try Self.series(path: name, for: found, input, options, log: log)
      self = .file(series, name: InputFile.stem(ofPath: name), values)
    } catch ImportError.missingFile {
      throw ConfigurationError.unknownName(
        option: "benchmark", found: name, known: Array(found.names.prefix(8)) + ["a file of returns"])
    }
  }

  /// The returns of a file of one column, and what its numbers are.
  private static func series(
    path: String, for found: ImportedReturns, _ input: ReturnsInput, _ options: StatsOptions, log: InputLog
  ) throws -> (returns: [Double], values: ReturnsValues) {
    let series = try ReturnsReader(
      settings: try TimeSettings(format: options.timeFormat, zone: options.timeZone)
    ).readLevels(path: path, for: found, log: log)
    do {
      if options.benchmarkValues == nil, let total = series.reading.total {
        throw ReturnsFault(total, option: "benchmark-values")
      }
      let values = try options.benchmarkValues ?? kind(of: series.matrix, series.names, for: found, input)
      if input.isMoney, ![.money, .summed].contains(values) {
        throw ConfigurationError.notTogether(
          option: "benchmark", with: "profits in money, a benchmark of other values",
          remedy: "give --capital, or --benchmark-values money or summed if it is of money too")
      }
      let more = series.bars - found.bars
      if more > 0, values.isOfBars { throw ReturnsFault.barCount(found: series.bars, needed: found.bars) }
      let capital = [.money, .summed].contains(values) ? options.capital : nil
      let returns = try ReturnsConversion(values: values, capital: capital)
        .returns(series.matrix, names: series.names).column(0)
      return (Array(returns[more...]), values)
    } catch let fault as ReturnsFault {
      throw ImportError.badReturns(InputFile.name(ofPath: path), fault)
    }
  }

  /// What a benchmark's numbers look like; where they are no returns, the kind that was given for the strategies' if
  /// that is no return either. Percent is also what is nearer to the strategies' deviation as such.
  private static func kind(
    of series: ReturnMatrix, _ names: [String], for found: ImportedReturns, _ input: ReturnsInput
  ) throws(ReturnsFault) -> ReturnsValues {
    // Logarithmic returns and small profits look like returns.
    if input.isGiven, [.log, .money].contains(input.values) { return input.values }
    do throws(ReturnsFault) {
      let own = try ValuesFinding(series, names: names, periodsPerYear: .nan, option: "benchmark-values")
      let deviations = ColumnShape.all(found.matrix).map(\.deviation).sorted()
      let typical = deviations[deviations.count / 2]
      // Ten times is halfway to a hundred.
      let isPercent =
        own.percent != nil || input.values == .percent && ColumnShape.all(series)[0].deviation > 10 * typical
      return isPercent ? .percent : .returns
    } catch {
      guard input.isGiven, !input.values.isOfBars || input.values == .gross else { throw error }
      return input.values
    }
  }
}
