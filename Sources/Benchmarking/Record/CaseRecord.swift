import Backtesting

/// What was measured of one case on one number of threads.
public struct CaseRecord: Equatable, Sendable {
  /// What kind of work it is.
  public enum Group: String, Codable, CaseIterable, Sendable {
    /// The matrix product of a tile alone.
    case product
    /// The accounting of a tile alone.
    case accounting
    /// Main memory alone.
    case memory
    /// A whole backtest, from bars to tallies.
    case backtest
    /// Backtests of more strategies, or more bars.
    case scaling
    /// Statistics of overfitting.
    case statistics
    /// Reading bars and writing tables.
    case tables
    /// Whole processes, from start to last artifact.
    case processes
  }

  /// A part of the repeats of a backtest, and what limited it just before: so the ratio of both holds on a machine whose
  /// speed changes, too.
  public struct Round: Codable, Equatable, Sendable {
    /// Seconds of the median of its repeats.
    public var seconds: Double
    /// Seconds of one strategy-bar on one core at least.
    public var limit: Double
    /// Seconds of one strategy-bar by a product and then the kernel; `nil` without features.
    public var inTurn: Double?

    enum CodingKeys: String, CodingKey {
      case seconds
      case limit = "limit_seconds"
      case inTurn = "product_and_account_seconds"
    }

    init(_ sample: Sample, limit: TileLimit) {
      seconds = sample.median
      self.limit = limit.seconds
      inTurn = limit.inTurn
    }
  }

  /// What kind of work it is.
  public var group: Group
  /// A short name.
  public var name: String
  /// The precision of backtests and their parts.
  public var precision: Precision?
  /// Threads at work.
  public var threads: Int
  /// How large it is, such as `strategies`.
  public var sizes: [String: Int] = [:]
  /// What `work` counts.
  public var unit: String
  /// How much is done in one repeat.
  public var work: Double
  /// How long each repeat took.
  public var sample: Sample
  /// Of a backtest: seconds for the features alone.
  public var featureSeconds: Double?
  /// Of a backtest: seconds to fill blocks with parameters alone.
  public var blockSeconds: Double?
  /// Of a backtest: how fast it could be.
  public var limit: TileLimit?
  /// Of a backtest: its repeats, a part at a time; none in records of before there were rounds.
  public var rounds: [Round] = []
  /// The largest resident size meanwhile, in bytes; `nil` where it is not known or means nothing.
  public var peakBytes: Int?

  public init(group: Group, name: String, unit: String, work: Double, threads: Int, sample: Sample) {
    self.group = group
    self.name = name
    self.unit = unit
    self.work = work
    self.threads = threads
    self.sample = sample
  }

  /// Units a second, by the median.
  public var rate: Double { work / sample.median }

  /// Units a second and thread, by the median.
  public var ratePerCore: Double { rate / Double(threads) }

  /// The part of the limit that is reached: the median of the rounds.
  public var fractionOfLimit: Double? { limit.map { reached(\.limit, ofAll: $0.seconds) } }

  /// The part that is reached of a product by BLAS and then the kernel: the median of the rounds.
  public var fractionInTurn: Double? { limit?.inTurn.map { reached(\.inTurn, ofAll: $0) } }

  /// - Parameter ofAll: the limit by all rounds, where there are none to tell apart.
  private func reached(_ ofRound: (Round) -> Double?, ofAll limit: Double) -> Double {
    let share = work / Double(threads)
    let parts = rounds.compactMap { round in ofRound(round).map { share * $0 / round.seconds } }
    return parts.isEmpty ? share * limit / sample.median : Sample(parts).median
  }

  /// How many times as fast this is as the same work was in `other`: the median of the rounds, which took turns.
  public func speed(beside other: CaseRecord) -> Double {
    inRounds(beside: other) { $1.seconds / $0.seconds } ?? rate / other.rate
  }

  /// How many times as fast the limit is, of all threads together: what so many more of them bring on this machine, where
  /// nothing is shared but the machine. `nil` without rounds.
  public func limitSpeed(beside other: CaseRecord) -> Double? {
    inRounds(beside: other) { $1.limit / $0.limit }.map { $0 * Double(threads) / Double(other.threads) }
  }

  private func inRounds(beside other: CaseRecord, _ ratio: (Round, Round) -> Double) -> Double? {
    guard !rounds.isEmpty, rounds.count == other.rounds.count else { return nil }
    return Sample(zip(rounds, other.rounds).map(ratio)).median
  }
}

extension CaseRecord: Codable {
  enum CodingKeys: String, CodingKey {
    case group, name, precision, threads, sizes, unit, work, seconds, median, minimum, maximum, limit, rounds
    case featureSeconds = "feature_seconds"
    case blockSeconds = "block_seconds"
    case peakBytes = "peak_bytes"
    case rate = "per_second"
    case ratePerCore = "per_second_per_core"
    case fractionOfLimit = "fraction_of_limit"
    case fractionInTurn = "fraction_of_product_and_account"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let seconds = try container.decode([Double].self, forKey: .seconds)
    guard !seconds.isEmpty else {
      throw DecodingError.dataCorruptedError(
        forKey: .seconds, in: container, debugDescription: "a case without a repeat")
    }
    group = try container.decode(Group.self, forKey: .group)
    name = try container.decode(String.self, forKey: .name)
    precision = try container.decodeIfPresent(Precision.self, forKey: .precision)
    threads = try container.decode(Int.self, forKey: .threads)
    sizes = try container.decode([String: Int].self, forKey: .sizes)
    unit = try container.decode(String.self, forKey: .unit)
    work = try container.decode(Double.self, forKey: .work)
    sample = Sample(seconds)
    featureSeconds = try container.decodeIfPresent(Double.self, forKey: .featureSeconds)
    blockSeconds = try container.decodeIfPresent(Double.self, forKey: .blockSeconds)
    limit = try container.decodeIfPresent(TileLimit.self, forKey: .limit)
    rounds = try container.decodeIfPresent([Round].self, forKey: .rounds) ?? []
    peakBytes = try container.decodeIfPresent(Int.self, forKey: .peakBytes)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(group, forKey: .group)
    try container.encode(name, forKey: .name)
    try container.encodeIfPresent(precision, forKey: .precision)
    try container.encode(threads, forKey: .threads)
    try container.encode(sizes, forKey: .sizes)
    try container.encode(unit, forKey: .unit)
    try container.encode(work, forKey: .work)
    try container.encode(sample.seconds, forKey: .seconds)
    try container.encodeIfPresent(featureSeconds, forKey: .featureSeconds)
    try container.encodeIfPresent(blockSeconds, forKey: .blockSeconds)
    try container.encodeIfPresent(limit, forKey: .limit)
    if !rounds.isEmpty { try container.encode(rounds, forKey: .rounds) }
    try container.encodeIfPresent(peakBytes, forKey: .peakBytes)
    // Follow from the others, for whoever reads the file without this program.
    try container.encode(sample.median, forKey: .median)
    try container.encode(sample.minimum, forKey: .minimum)
    try container.encode(sample.maximum, forKey: .maximum)
    try container.encode(rate, forKey: .rate)
    try container.encode(ratePerCore, forKey: .ratePerCore)
    try container.encodeIfPresent(fractionOfLimit, forKey: .fractionOfLimit)
    try container.encodeIfPresent(fractionInTurn, forKey: .fractionInTurn)
  }
}
