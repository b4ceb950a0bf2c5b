import Backtesting
import Kernels
import Statistics

/// What a file of returns holds, and how that is known.
struct ReturnsInput: Sendable {
  /// What its numbers are.
  let values: ReturnsValues
  /// Whether that was asked for.
  let isGiven: Bool
  /// Why, where it was recognised.
  let reason: String?
  /// What may be something else than was taken, in words: a row of sums, columns that drift, a spread as percent has,
  /// returns that can hardly be some.
  let checks: [String]
  /// Numbers and words that were taken as missing, in words.
  let missing: [String]
  /// Whether the returns are profits of which nobody said what they are a part of.
  let isMoney: Bool
  /// What the reader recognised and left out.
  let reading: ReturnsReading
  /// The rows of the file.
  let rows: Int
  /// Whether rows were taken for bars where columns may be.
  let isWide: Bool

  /// Reads the file that `options` name, and makes returns of its numbers.
  ///
  /// - Throws: ``ImportError``, ``ReturnsFault``.
  static func read(
    _ options: StatsOptions, log: InputLog
  ) throws -> (returns: ImportedReturns, input: ReturnsInput) {
    let settings = try TimeSettings(format: options.timeFormat, zone: options.timeZone)
    var found = try ReturnsReader(settings: settings, headerRows: options.headerRows).read(
      path: options.returns, log: log)
    if options.periodsPerYear == nil, options.timeFormat == nil, let years = found.reading.perhapsYears {
      throw ReturnsFault.perhapsYears(first: years.lowerBound, last: years.upperBound)
    }
    let isNameless = !found.reading.hasNames && found.timestamps == nil
    if options.rows == .strategies {
      guard isNameless else { throw namedRows(found) }
      found = try found.turned(settings)
    }
    try checkUse(of: options, found)
    let markers = options.values == .money ? nil : MissingMarkers(found)
    found = markers?.returns ?? found
    let isWide = options.rows == nil && isNameless ? try TableSides.isRemarkable(found.matrix) : false
    let periods =
      options.periodsPerYear ?? found.timestamps.map { TradingCalendar(timestamps: $0).barsPerYear }
    var finding: ValuesFinding?
    if options.values == nil {
      if let total = found.reading.total { throw ReturnsFault(total, option: "values") }
      try RestartingSums.check(found.matrix, timestamps: found.timestamps)
      let isPercent = found.reading.spelling == .percentSigns
      finding = try ValuesFinding(
        found.matrix, names: found.names, periodsPerYear: isPercent ? .nan : periods ?? .nan,
        assumedPeriods: isPercent ? .nan : TradingCalendar.assumedBarsPerYear)
    }
    let values = options.values ?? (finding?.percent != nil ? .percent : .returns)
    let extreme = finding?.extremes.map { words($0, found) }
    if values != .returns {
      let matrix = try ReturnsConversion(values: values, capital: options.capital)
        .returns(found.matrix, names: found.names)
      found = found.with(matrix)
    }
    found = try found.withoutRounding()
    // Sums may be of fractions, of which none loses more than everything.
    let isMoney =
      options.capital == nil
      && (values == .money || values == .summed && found.matrix.values.contains { $0 < -1 })
    let input = ReturnsInput(
      values: values, isGiven: options.values != nil, reason: finding?.percent,
      checks: [found.reading.total?.words, finding?.drift, finding?.spread, extreme].compactMap { $0 },
      missing: [found.reading.missingCells, markers?.words].compactMap { $0 },
      isMoney: isMoney, reading: found.reading, rows: found.bars, isWide: isWide)
    return (found, input)
  }

  /// Refuses a way to read times where there are none to read: in the file, in that of a benchmark and in bars.
  private static func checkUse(of options: StatsOptions, _ found: ImportedReturns) throws(ConfigurationError)
  {
    guard let format = options.timeFormat, format.lowercased() != TimeFormat.rows.option, options.data == nil,
      found.timestamps == nil,
      options.benchmark.map({ found.names.contains($0) || SweepBenchmark(rawValue: $0) != nil }) ?? true
    else { return }
    throw .notTogether(
      option: "time-format", with: "a file without times, \(format)",
      remedy: "leave it out, or give the file times")
  }

  private static func namedRows(_ found: ImportedReturns) -> ConfigurationError {
    .notTogether(
      option: "rows", with: found.timestamps == nil ? "names in the file" : "times in the file",
      remedy: "leave it out; a table with times in its first row or its first column is read either way")
  }

  private static func words(
    _ found: (strategy: Int, bar: Int, value: Double, count: Int), _ returns: ImportedReturns
  ) -> String {
    let place =
      "\(ImportText.brief(returns.names[found.strategy], limit: 20)), row \(Figures.count(found.bar + 1))"
    let bounds = found.value < -1 ? "a loss of more than everything" : "more than 1,000 % in a bar"
    let others = found.count > 1 ? ", and \(Figures.count(found.count - 1)) more below -1 or above 10" : ""
    let isFirst = found.bar == 0 && !returns.reading.hasNames && !returns.reading.isArray
    let names = isFirst ? "; if the row holds names, pass --header-rows 1" : ""
    return "\(place): \(Figures.short(found.value)), \(bounds)\(others)\(names)"
  }
}

extension ImportedReturns {
  /// With 0 for what rounding leaves of it: a price that stays the same is no return of 10⁻¹⁶.
  func withoutRounding() throws -> ImportedReturns {
    func isNoise(_ value: Double) -> Bool { value != 0 && abs(value) <= SpreadRounding.ofQuotient }
    guard matrix.values.contains(where: isNoise) else { return self }
    return with(
      try ReturnMatrix(
        bars: bars, strategies: strategies, values: matrix.values.map { isNoise($0) ? 0 : $0 }))
  }

  /// With other returns on the same bars.
  func with(_ matrix: ReturnMatrix) -> ImportedReturns {
    ImportedReturns(names: names, timestamps: timestamps, times: times, matrix: matrix, reading: reading)
  }
}
