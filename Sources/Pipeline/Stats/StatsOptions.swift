import Statistics

/// What is asked about returns that were made elsewhere.
public struct StatsOptions: Codable, Equatable, Sendable {
  /// The file of returns, bars × strategies.
  public var returns = ""
  /// How the file's times are written: a name or a pattern; `nil` for what the file shows.
  public var timeFormat: String?
  /// The zone of clocks that name none; `nil` for UTC.
  public var timeZone: String?
  /// What its numbers are; `nil` to recognise them.
  public var values: ReturnsValues?
  /// How many rows of names the file has; `nil` to recognise them.
  public var headerRows: Int?
  /// What the numbers of a benchmark's file are; `nil` to recognise them.
  public var benchmarkValues: ReturnsValues?
  /// What profits in money are divided by.
  public var capital: Double?
  /// How columns that begin at different bars are brought together; `nil` for the bars that all have, if these suffice.
  public var startBlank: StartBlank?
  /// What a row of a file without names is; `nil` for a bar, if nothing speaks against it.
  public var rows: ReturnRows?
  /// What the strategies have to beat: the name of a column, or a file of one, or with ``data`` market or exposure; `nil`
  /// for 0 a bar, or with ``data`` for exposure.
  public var benchmark: String?
  /// The bars of the market that was traded.
  public var data: DataOptions?
  /// The annual Sharpe ratio that the probabilistic and the deflated one have to exceed; `nil` for 0.
  public var sharpeBenchmark: Double?
  /// Bars a year; `nil` for what the file's times say.
  public var periodsPerYear: Double?
  /// Strategies that were tried, where they are more than those in the file.
  public var trials: Int?
  /// S of combinatorially symmetric cross-validation, even; 0 for none.
  public var blocks = 16
  /// B, the resamples of the tests that bootstrap; 0 for none.
  public var resamples = 1_000
  /// The mean length of a resampled block, in bars; `nil` for what the returns suggest.
  public var blockLength: Double?
  /// Of everything that is drawn.
  public var seed: UInt64 = 1
  /// When the best counts as overfitted.
  public var detection = DetectionOptions()

  public init() {}

  /// Checks every number against its range.
  ///
  /// - Throws: ``ConfigurationError``.
  public func check() throws(ConfigurationError) {
    if let bars = periodsPerYear, !(bars > 0 && bars <= 1e9) {
      throw .outOfRange(
        option: "periods-per-year", found: Figures.short(bars), needed: "above 0, at most 1e9")
    }
    if let capital, !(capital > 0 && capital <= 1e15) {
      throw .outOfRange(option: "capital", found: Figures.short(capital), needed: "above 0, at most 1e15")
    }
    if capital != nil, values != .money, values != .summed {
      throw .notTogether(
        option: "capital", with: values.map { "--values \($0.rawValue)" } ?? "returns",
        remedy: "pass --values money, or summed, or leave it out")
    }
    if let headerRows, !(0...ReturnsHeader.mostRows).contains(headerRows) {
      throw .outOfRange(
        option: "header-rows", found: "\(headerRows)", needed: "0 to \(ReturnsHeader.mostRows)")
    }
    if benchmarkValues != nil, benchmark == nil || data != nil {
      throw .notTogether(
        option: "benchmark-values", with: "no file of a benchmark",
        remedy: "give --benchmark FILE, or leave it out")
    }
    // The options that a sweep has too, under the same bounds.
    var sweep = Configuration()
    sweep.statistics.blocks = blocks
    sweep.statistics.resamples = resamples
    sweep.statistics.blockLength = blockLength
    sweep.statistics.sharpeBenchmark = sharpeBenchmark
    sweep.detection = detection
    try sweep.check()
  }
}
