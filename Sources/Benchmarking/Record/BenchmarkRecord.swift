import Artifacts
import Kernels
import Pipeline

/// Everything that a run of benchmarks found: the document, from which every table is made.
public struct BenchmarkRecord: Codable, Equatable, Sendable {
  /// Grows when the meaning of a field changes.
  public static let currentFormat = 1

  /// How the engine cuts its work.
  public struct TilePlanEntry: Codable, Equatable, Sendable {
    /// Strategies side by side.
    public var strategiesPerBlock = TilePlan.strategiesPerBlock
    /// Bars scored at a time at most.
    public var mostBarsPerTile = TilePlan.mostBarsPerTile
    /// The product of the sizes of a tile that is not exceeded.
    public var largestSmallProduct = TilePlan.largestSmallProduct

    enum CodingKeys: String, CodingKey {
      case strategiesPerBlock = "strategies_per_block"
      case mostBarsPerTile = "most_bars_per_tile"
      case largestSmallProduct = "largest_small_product"
    }

    public init() {}
  }

  /// The version of this document.
  public var format = BenchmarkRecord.currentFormat
  /// Of Fluke.
  public var version: String
  /// When the run began, ISO 8601 in UTC.
  public var started: String
  /// How long it took.
  public var seconds: Double
  /// On what, and with what.
  public var machine: Machine
  /// Processors that other programs kept busy meanwhile, on average; `nil` where the system does not tell.
  public var otherLoad: Double?
  /// Threads of the cases that use all.
  public var threads: Int
  /// How work was cut.
  public var tilePlan = TilePlanEntry()
  /// What was measured, in order.
  public var cases: [CaseRecord]
  /// What a million strategies cost; `nil` where no backtest was timed.
  public var million: MillionStrategies?

  enum CodingKeys: String, CodingKey {
    case format, version, started, seconds, machine, threads, cases
    case otherLoad = "other_load"
    case tilePlan = "tile_plan"
    case million = "million_strategies"
  }

  public init(
    version: String, started: String, seconds: Double, machine: Machine, threads: Int, cases: [CaseRecord],
    million: MillionStrategies? = nil
  ) {
    self.version = version
    self.started = started
    self.seconds = seconds
    self.machine = machine
    self.threads = threads
    self.cases = cases
    self.million = million
  }
}

extension BenchmarkRecord {
  /// So much of a processor may be busy with other things before figures suffer.
  private static let quiet = 0.1

  /// Why the figures are not to be trusted, a line each; what was known before stands in the machine's warnings.
  public var warnings: [String] {
    guard let otherLoad, otherLoad > Self.quiet else { return [] }
    return [
      "load: found other programs at work on \(Figures.decimals(otherLoad, 1)) processors meanwhile, expected at most "
        + "\(Self.quiet); figures are too low, measure again when nothing else runs"
    ]
  }

  /// The document, with sorted keys.
  ///
  /// - Throws: `JSONError` for a figure that is not a number.
  public var json: [UInt8] {
    get throws { try JSONDocument.encode(self) }
  }

  /// Reads a document.
  ///
  /// - Parameter document: its name, for errors.
  /// - Throws: `JSONError`.
  public init(json: [UInt8], document: String) throws {
    self = try JSONDocument.decode(BenchmarkRecord.self, from: json, document: document)
  }
}
