import Statistics

/// What the winner's Sharpe ratio means where a share of strategies has skill, and what it is beside others: views that
/// decide nothing.
public struct WinnerViews: Sendable {
  /// Shares of all strategies that may have skill.
  public static let priors = [0.01, 0.05, 0.1]
  /// How far above what is tested the true Sharpe ratio of those is, a year.
  public static let skillAnnualized = 1.0

  /// How likely a strategy that does as well has no skill.
  public let discovery: DiscoveryRates
  /// The winner less who held the market, over all bars, before any benchmark.
  public let market: Result<Comparison, Absence>
  /// The winner less the best of the others by Sharpe ratio.
  public let second: Result<Comparison, Absence>

  /// The difference of two Sharpe ratios.
  public struct Comparison: Sendable {
    /// With whom: a strategy's name, or what holding a market is called.
    public let name: String
    /// By the normal limit.
    public let difference: SharpeDifference
  }

  init(_ evidence: Evidence, sharpe: SharpeFinding) {
    let annual = evidence.periodsPerYear.squareRoot()
    discovery = DiscoveryRates(
      sharpe.estimate, alternativePerBar: (sharpe.thresholdAnnualized + Self.skillAnnualized) / annual,
      nullPerBar: sharpe.thresholdPerReturn)
    let winner = Evidence.column(evidence.winner, of: evidence.returns)
    func compare(_ other: [Double], _ name: String) -> Result<Comparison, Absence> {
      do throws(StatisticsError) {
        let found = try SharpeDifference.normal(winner, other)
        return found.normalPValue.isNaN
          ? .failure(Absence("one of the two has no Sharpe ratio"))
          : .success(Comparison(name: name, difference: found))
      } catch {
        return .failure(Absence("\(error)"))
      }
    }
    market =
      evidence.held.map { compare($0.returns, $0.name) } ?? .failure(Absence("no market is known"))
    second =
      Self.second(evidence).map {
        compare(Evidence.column($0, of: evidence.returns), evidence.name($0))
      } ?? .failure(Absence("there is no other strategy with a Sharpe ratio of its own"))
  }

  /// The best of the others by Sharpe ratio, no copy of the winner.
  private static func second(_ evidence: Evidence) -> Int? {
    let (sharpes, winners) = (evidence.sharpesPerReturn, evidence.sharpesPerReturn[evidence.winner])
    return DistinctSharpes(sharpes, among: evidence.eligible).numbers
      .filter { !DistinctSharpes.areCopies(min(sharpes[$0], winners), max(sharpes[$0], winners)) }
      .max { sharpes[$0] < sharpes[$1] }
  }
}

/// The winner's trades by themselves, one observation each: bars in the market that belong to one trade are no independent
/// tests of the rule.
public struct TradeFinding: Sendable {
  /// Below this many trades they are shown beside the bars.
  public static let few = 30

  /// The result of a trade over the deviation of trades.
  public let estimate: SharpeEstimate
  /// The mean net result of a trade.
  public let mean: Double
  /// The probability that the true mean is above 0, in the convention of 2012.
  public let probabilistic: Double
  /// Of "the true mean is not above 0", one-sided, by Student's t.
  public let pValue: Double

  /// The trades.
  public var trades: Int { estimate.bars }

  init(_ results: [Double]) {
    let moments = ReturnMoments(results)
    estimate = SharpeEstimate(moments)
    mean = moments.mean
    probabilistic = estimate.probability(above: 0)
    let t = estimate.sharpePerBar * Double(results.count).squareRoot()
    pValue =
      results.count > 1 ? StudentDistribution(degreesOfFreedom: Double(results.count - 1)).survival(t) : .nan
  }
}
