import Glibc

/// What the winner's true Sharpe ratio is at least, given that it was chosen because its estimate is the largest.
///
/// Formula: estimates X ~ N(μ, Σ) of N strategies, w the largest. With cⱼ = Σⱼw/Σww and Zⱼ = Xⱼ - cⱼ·Xw, which is
/// independent of Xw, the choice of w says no more of Xw than that it lies between ℓ = max Zⱼ/(1-cⱼ) over cⱼ < 1 and
/// u = min Zⱼ/(1-cⱼ) over cⱼ > 1. The bounds are those μ at which a normal number of deviation √Σww cut to [ℓ, u] is
/// at least Xw with the probability α, or ½ for the median. The hybrid bound cuts at min(u, μ + c·√Σww) as well, with c
/// the luck of the best at the level β = α/10, and α becomes (α-β)/(1-β).
///
/// Shapes and units: Sharpe ratios and standard errors per bar; correlations are those of the estimates, which are those
/// of the returns (``LongRunCovariance``).
///
/// Null hypothesis: none; the true Sharpe ratio is at or above a bound at the level α in 1 - α of samples, also of those
/// in which this strategy wins. ``simultaneous(sharpePerBar:standardErrorPerBar:luck:level:)`` is right however the winner
/// was chosen, and at most as high as the hybrid one, but for the part that β costs.
///
/// Edge cases: NaN where the estimate or the error of the winner is undefined, and where another estimate is larger: then
/// it was not chosen by this. Strategies with the very estimate of the winner that move with it are copies and say
/// nothing; of another that ties the conditional bound is -∞, and the hybrid one is that of β. Strategies whose estimate
/// is undefined were no rivals.
///
/// Reference: Andrews, Kitagawa & McCloskey 2024, "Inference on winners", Quarterly Journal of Economics 139, sections 3
/// (conditional) and 4 (hybrid), there X is X(θ̂), c is c_β(μ) of the projection interval; the truncation is that of Lee,
/// Sun, Sun & Taylor 2016, "Exact post-selection inference, with application to the lasso", section 5.
public struct WinnerBound: Equatable, Sendable {
  /// Xw, per bar.
  public let sharpePerBar: Double
  /// √Σww, per bar.
  public let standardErrorPerBar: Double
  /// ℓ: below it another strategy would have won.
  public let lowestWinning: Double
  /// u: above it another strategy would have won, one that gains more by what the winner gains.
  public let highestWinning: Double

  /// - Parameters:
  ///   - winner: its number in the arrays.
  ///   - sharpesPerBar: of all strategies that could have been chosen; NaN for one that could not.
  ///   - standardErrorsPerBar: of the same.
  ///   - correlations: of each strategy's estimate with the winner's.
  /// - Precondition: arrays of one length.
  public init(
    winner: Int, sharpesPerBar: [Double], standardErrorsPerBar: [Double], correlations: [Double]
  ) {
    precondition(
      sharpesPerBar.count == standardErrorsPerBar.count && sharpesPerBar.count == correlations.count
        && sharpesPerBar.indices.contains(winner), "one length")
    let (estimate, error) = (sharpesPerBar[winner], standardErrorsPerBar[winner])
    sharpePerBar = estimate
    standardErrorPerBar = error
    var (lowest, highest) = (-Double.infinity, Double.infinity)
    for rival in sharpesPerBar.indices where rival != winner {
      let slope = correlations[rival] * standardErrorsPerBar[rival] / error
      guard !slope.isNaN, !sharpesPerBar[rival].isNaN else { continue }
      // Xw - Xⱼ, which is 0 or more, over 1 - cⱼ is how far the winner could have fallen.
      let lead = estimate - sharpesPerBar[rival]
      if slope < 1 - Self.copy {
        lowest = max(lowest, estimate - lead / (1 - slope))
      } else if slope > 1 + Self.copy {
        highest = min(highest, estimate + lead / (slope - 1))
      }
    }
    let hasWon = sharpesPerBar.allSatisfy { !($0 > estimate) }
    lowestWinning = hasWon ? lowest : .nan
    highestWinning = hasWon ? highest : .nan
  }

  /// A slope this near to 1 is that of a copy, but for rounding.
  private static let copy = 1e-9

  /// The conditional bound: the true Sharpe ratio per bar is above it with confidence 1 - `level`, whenever this strategy
  /// wins. Low where another came near: then the choice says much.
  public func conditional(level: Double = 0.05) -> Double {
    solve(level, from: -.infinity) { _ in highestWinning }
  }

  /// The estimate that is above the true Sharpe ratio per bar as often as below it, whenever this strategy wins.
  public var median: Double { conditional(level: 0.5) }

  /// The hybrid bound: as ``conditional(level:)``, and never far below the simultaneous one.
  ///
  /// - Parameter luck: of all strategies.
  public func hybrid(luck: LuckOfTheBest, level: Double = 0.05) -> Double {
    let part = level / 10
    let reach = luck.criticalValue(level: part) * standardErrorPerBar
    // Too few resamples to know anything that is exceeded so seldom.
    guard reach.isFinite else { return conditional(level: level) }
    return solve((level - part) / (1 - part), from: sharpePerBar - reach) { min(highestWinning, $0 + reach) }
  }

  /// The simultaneous bound: with confidence 1 - `level` no strategy's true Sharpe ratio per bar is below its own,
  /// whichever was chosen and by what.
  ///
  /// Formula: SR - q·s, with q the luck of the best at the level.
  ///
  /// Reference: Romano & Wolf 2005, "Stepwise multiple testing as formalized data snooping", section 3.
  public static func simultaneous(
    sharpePerBar: Double, standardErrorPerBar: Double, luck: LuckOfTheBest, level: Double = 0.05
  ) -> Double {
    sharpePerBar - luck.criticalValue(level: level) * standardErrorPerBar
  }

  /// The mean at which the estimate or more has the probability `level`, among what is left between the lowest winning
  /// one and `upper`; not below `least`.
  private func solve(_ level: Double, from least: Double, upper: (_ mean: Double) -> Double) -> Double {
    guard !sharpePerBar.isNaN, standardErrorPerBar > 0, !lowestWinning.isNaN else { return .nan }
    func probability(_ mean: Double) -> Double {
      TruncatedNormal(
        mean: mean, deviation: standardErrorPerBar, lower: lowestWinning,
        upper: max(upper(mean), lowestWinning)
      ).survival(sharpePerBar)
    }
    var (low, high) = (least, sharpePerBar)
    var step = standardErrorPerBar
    while probability(high) < level {
      high += step
      step *= 2
      if step > Self.farthest * standardErrorPerBar { return .infinity }
    }
    if low == -.infinity {
      step = standardErrorPerBar
      low = min(high, sharpePerBar) - step
      while probability(low) > level {
        step *= 2
        low -= step
        if step > Self.farthest * standardErrorPerBar { return -.infinity }
      }
    }
    // Twice as near each time, down to neighbouring numbers.
    while true {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { return low }
      if probability(middle) < level { low = middle } else { high = middle }
    }
  }

  /// Beyond so many standard errors there is no bound.
  private static let farthest = 1e4
}
