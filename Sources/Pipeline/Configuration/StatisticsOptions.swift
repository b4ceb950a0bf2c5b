import Backtesting
import Statistics

/// How overfitting is measured.
public struct StatisticsOptions: Codable, Equatable, Sendable {
  /// S of combinatorially symmetric cross-validation, even; 0 for none.
  public var blocks = 16
  /// The bars that it cuts.
  public var crossValidated = CrossValidatedBars.training
  /// B, the resamples of the tests that bootstrap; 0 for none.
  public var resamples = 1_000
  /// The mean length of a resampled block, in bars; `nil` for what the returns suggest.
  public var blockLength: Double?
  /// What strategies have to beat in these tests.
  public var benchmark = SweepBenchmark.exposure
  /// The annual Sharpe ratio that the probabilistic and the deflated one have to exceed; `nil` for 0.
  public var sharpeBenchmark: Double?
  /// Bar permutations on each of which the whole sweep is optimised again; 0 for none.
  public var permutations = 0
  /// Test windows of a walk-forward analysis, which cut the validation bars; 0 for none.
  public var walkForward = 0
  /// How its training window moves.
  public var window = WalkForward.Window.rolling
  /// Groups of combinatorial purged cross-validation, over all bars; `nil` for none.
  public var combinatorial: Combinatorial?
  /// Bars left out after a test group, for the sake of serial correlation; `nil` for one in a hundred.
  public var embargo: Int?

  /// Groups, and how many of them are tested at once.
  public struct Combinatorial: Codable, Equatable, Sendable {
    /// Groups of adjacent bars.
    public var groups: Int
    /// Groups that a split tests.
    public var tested: Int

    /// See the properties of the same names.
    public init(groups: Int, tested: Int) {
      self.groups = groups
      self.tested = tested
    }
  }

  public init() {}
}

/// The bars that combinatorially symmetric cross-validation cuts into blocks.
public enum CrossValidatedBars: String, Codable, CaseIterable, Sendable {
  /// Those that strategies are chosen on; validation stays unseen.
  case training
  case all
}

/// What the strategies of a sweep have to beat.
public enum SweepBenchmark: String, Codable, CaseIterable, Sendable {
  /// Doing nothing: 0 a bar.
  case cash
  /// Holding the market from the first bar on, without costs.
  case market
  /// Each strategy its own exposure, as `MarketTiming` takes it out, so that what is tested is when it is in the market,
  /// and not how much of the time.
  ///
  /// A market that rises gives every long strategy a mean above 0, which is no skill, and more than one that is in the
  /// market for part of the time, which is no lack of it.
  case exposure
}
