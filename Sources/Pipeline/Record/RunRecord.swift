import Backtesting
import Stores

/// `run.json`: what was run, on what, with what, and the digests by which anyone can tell whether an artifact is still
/// the one that the run made. The only artifact that differs between two equal runs.
///
/// Where a run was cut short, the record is the one of the run before, and its digests tell which artifacts still are.
public struct RunRecord: Codable, Sendable {
  /// The key in the store. It is written last, so the set is whole where the digests fit.
  public static let key = "run.json"
  /// Grows when the meaning of a field changes.
  public static let currentFormat = 2

  /// What one stage did.
  public struct StageEntry: Codable, Equatable, Sendable {
    /// The time of day at its end, ISO 8601 in UTC.
    public let finished: String
    /// How long it took.
    public let seconds: Double
    /// Threads at work.
    public let threads: Int
  }

  /// The reference kernel against the one that ran, over the strategies that are reported by name.
  public struct Recomputation: Codable, Equatable, Sendable {
    /// How many were compared.
    public let strategies: Int
    /// The largest difference of a defined metric, by its name.
    public let largestDifferences: [String: Double]

    enum CodingKeys: String, CodingKey {
      case strategies
      case largestDifferences = "largest_differences"
    }
  }

  /// Shapes of the tiles in which the engine worked.
  public struct TilePlanEntry: Codable, Equatable, Sendable {
    /// Strategies side by side.
    public let strategiesPerBlock: Int
    /// Bars scored at a time at most.
    public let mostBarsPerTile: Int
    /// The product of the sizes of a tile that is not exceeded.
    public let largestSmallProduct: Int

    enum CodingKeys: String, CodingKey {
      case strategiesPerBlock = "strategies_per_block"
      case mostBarsPerTile = "most_bars_per_tile"
      case largestSmallProduct = "largest_small_product"
    }
  }

  /// How the number of bars a year is known.
  public struct YearEntry: Codable, Equatable, Sendable {
    /// Bars a year.
    public let bars: Double
    /// The rule that gave them, or `given`.
    public let rule: String
    /// The rule in words.
    public let reason: String
  }

  /// The version of this record.
  public var format = RunRecord.currentFormat
  /// Everything that decides the bytes of artifacts.
  public var options: Configuration
  /// How often the experiment was repeated, and on what; `nil` for a single sweep.
  public var trials: TrialsOptions?
  /// Of Fluke and of the BLAS library.
  public var versions: [String: String]
  /// The system, its processors, and the clone of the tile kernel that they run.
  public var host: [String: String]
  /// The core whose kernels OpenBLAS used.
  public var openBLASCore: String
  /// Threads of the last stage that ran.
  public var threads: Int
  /// How the work was cut.
  public var tilePlan: TilePlanEntry
  /// Files that were read, by path.
  public var inputs: [String: ArtifactSummary] = [:]
  /// Artifacts that hold, by key.
  public var artifacts: [String: ArtifactSummary] = [:]
  /// What was run, by the name of the stage.
  public var stages: [String: StageEntry] = [:]
  /// What was left out, by reason.
  public var excluded: [String: Int] = [:]
  /// How many bars make a year, and why.
  public var year: YearEntry?
  /// Bars missing from the market's own grid, in gaps, and bars off it.
  public var continuity: [String: Int] = [:]
  /// What the user should hear of the bars.
  public var data: [DataNote]? = nil
  /// How far the kernel that ran is from the reference; `nil` where it was not compared.
  public var recomputed: Recomputation?
  /// How many shards were merged; `nil` for a run in one go.
  public var shards: Int?

  enum CodingKeys: String, CodingKey {
    case format, options, trials, versions, host, threads, inputs, artifacts, stages, excluded, continuity,
      year, data,
      recomputed, shards
    case openBLASCore = "openblas_core"
    case tilePlan = "tile_plan"
  }
}

extension RunRecord {
  /// Forgets what `stage` and those after it have made.
  mutating func forget(from stage: Stage) {
    for outdated in [stage] + stage.later {
      stages[outdated.rawValue] = nil
      artifacts = artifacts.filter { Stage.maker(of: $0.key) != outdated }
      if outdated == .select { excluded = excluded.filter { !$0.key.hasPrefix(Select.excluded) } }
      if outdated == .validate { recomputed = nil }
    }
  }
}
