import Statistics

/// What is asked about returns that were made elsewhere.
public struct StatsOptions: Codable, Equatable, Sendable {
  /// The file of returns, bars × strategies.
  public var returns = ""
  /// What the strategies have to beat: the name of a column, or a file of one; `nil` for 0 a bar.
  public var benchmark: String?
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
    // The options that a sweep has too, under the same bounds.
    var sweep = Configuration()
    sweep.statistics.blocks = blocks
    sweep.statistics.resamples = resamples
    sweep.statistics.blockLength = blockLength
    sweep.detection = detection
    try sweep.check()
  }
}
