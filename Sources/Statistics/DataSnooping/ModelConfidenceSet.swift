import Kernels

/// The model confidence set: the strategies among which the best one is, with given confidence.
///
/// Formula: while the strategies that are left differ, the worst is eliminated. With s the mean returns and s*
/// those of a resample less s: ``Statistic/range`` T_R = max (sⱼ - sᵢ)/√(Σ_b (s*ᵢ - s*ⱼ)²/B) over pairs, which
/// eliminates i; ``Statistic/maximum`` T_max = max (s̄ - sᵢ)/√(Σ_b (s*ᵢ - s̄*)²/B) with s̄ the average of those
/// left. The p-value of a step is (1 + #{b: the same of s* at or above it}) / (B + 1), that of a strategy the
/// largest up to its elimination.
///
/// Shapes and units: N strategies over T bars, at most ``maximumModels``, and B resamples. Higher returns are
/// better: the loss is the negative return. Nothing depends on a benchmark.
///
/// Null hypothesis: in each step, that all strategies left have the same expected return. A strategy with a small
/// p-value is likely not the best; the set at level α holds those above α, and the best one with probability
/// 1 - α or more in the limit. Conservative where one strategy is clearly the best: the set then holds it almost
/// surely. A large set says that the data cannot tell its members apart.
///
/// Edge cases: strategies whose return is not finite have no p-value (NaN) and are in no set. Equal ones are
/// eliminated together; when only equal ones are left, each has the p-value 1. A difference that no resample
/// moves counts as infinite.
///
/// Errors: ``StatisticsError/models(_:)``, and where bars and resamples do not fit.
///
/// Reference: Hansen, Lunde & Nason 2011, "The model confidence set", sections 2 (algorithm and p-values) and 3.1
/// (T_R and T_max with their elimination rules); there n is T, M is the set that is left.
public struct ModelConfidenceSet: Equatable, Sendable {
  /// Pairs of models and a row of resamples for each model are kept: with 1,000 resamples 24 MB.
  public static let maximumModels = 1_000

  /// What is compared.
  public enum Statistic: CaseIterable, Sendable {
    /// T_R: the pair that differs most.
    case range
    /// T_max: the strategy that is farthest below the average.
    case maximum
  }

  /// What was compared.
  public let statistic: Statistic
  /// For each strategy the least level at which it leaves the set.
  public let pValues: [Double]
  /// The strategies in the order of their elimination, those that tie together; the last are those with the p-value 1,
  /// which no level eliminates.
  public let eliminated: [[Int]]

  /// The strategies that are in the set with confidence 1 - `level`, ascending.
  public func members(level: Double) -> [Int] {
    pValues.indices.filter { pValues[$0] > level }
  }

  /// The confidence set of all strategies of `returns`, with the same bits for any number of threads.
  ///
  /// - Parameter drawn: the draws of `resamples`, where other looks need them too.
  public init(
    _ returns: some ReturnSource, _ statistic: Statistic = .range, resamples: Resamples,
    drawn: DrawnResamples? = nil, threads: Int = 1
  ) throws(StatisticsError) {
    guard (2...Self.maximumModels).contains(returns.strategies) else { throw .models(returns.strategies) }
    guard resamples.bars == returns.bars else {
      throw .otherBars("resamples", found: resamples.bars, needed: returns.bars)
    }
    let means = MeanReturn.all(
      of: returns, meanBlockLength: resamples.meanBlockLength, threads: threads)
    precondition(drawn.map { $0.resamples == resamples } ?? true, "draws of these resamples")
    let sums = ResampledSums(returns: returns, resamples: resamples, drawn: drawn?.all, threads: threads)
    let models = ResampledModels(sums, means: means)
    let steps = statistic == .range ? models.eliminateByRange() : models.eliminateByMaximum(threads: threads)
    self.statistic = statistic
    var pValues = Array(repeating: Double.nan, count: returns.strategies)
    var largest = 0.0
    for step in steps {
      largest = max(largest, step.pValue)
      for model in step.models { pValues[model] = largest }
    }
    self.pValues = pValues
    let last = steps.firstIndex { $0.pValue == 1 } ?? steps.endIndex
    let members = steps[last...].flatMap(\.models).sorted()
    eliminated = steps[..<last].map(\.models) + (members.isEmpty ? [] : [members])
  }
}

/// The models that a step eliminates, and how likely one like it is when all are equal.
struct Elimination {
  let models: [Int]
  let pValue: Double
}

/// The sums of all models, and for each resample how far it moves them.
struct ResampledModels: Sendable {
  /// The models that take part.
  let models: [Int]
  /// Σ x of each strategy.
  let sums: [Double]
  /// By strategy, then by resample.
  let moves: [Double]
  /// B.
  let resamples: Int

  init(_ resampled: ResampledSums<some ReturnSource>, means: [MeanReturn]) {
    let count = resampled.resamples.count
    models = means.indices.filter { means[$0].isDefined }
    sums = means.map(\.sum)
    resamples = count
    moves = DisjointSlots.fill(count: means.count * count, repeating: 0) { slots in
      resampled.forEachPanel { values, panel in
        for lane in 0..<panel.count {
          let strategy = panel.firstStrategy + lane
          let moves = values[panel.cells(lane)].map { $0 - means[strategy].sum }
          slots.write(moves, from: strategy * count + panel.resamples.lowerBound)
        }
      }
    }
  }

  /// The row of a model in ``moves``.
  func row(_ model: Int) -> Range<Int> { model * resamples..<(model + 1) * resamples }

  /// (1 + the resamples at or above `statistic`) / (B + 1).
  func pValue(_ statistic: Double, _ resampled: [Double]) -> Double {
    Double(1 + resampled.count { $0 >= statistic }) / Double(resamples + 1)
  }

  /// A difference over its deviation between resamples, both of sums.
  ///
  /// Where the deviation is within rounding of none, the difference is as certain as can be, unless it is
  /// rounding too.
  func studentised(_ difference: Double, variance: Double, ofVariances: Double, ofSums: Double) -> Double {
    // 2⁻⁴⁰: the roundings of a sum of a few thousand returns, and far below what one return of a few thousand
    // moves.
    let rounding = 0x1p-40
    if variance > rounding * rounding * ofVariances { return difference / variance.squareRoot() }
    let scale = ofSums + ofVariances.squareRoot()
    return difference.magnitude <= rounding * scale ? 0 : difference > 0 ? .infinity : -.infinity
  }

  /// 1 over the deviation, or 0 where ``studentised(_:variance:ofVariances:ofSums:)`` sees none.
  func scale(variance: Double, ofVariances: Double) -> Double {
    variance > 0x1p-80 * ofVariances ? 1 / variance.squareRoot() : 0
  }

  /// Σ_b s*²/B for each strategy.
  func variances() -> [Double] {
    let nothing = Array(repeating: 0.0, count: resamples)
    return sums.indices.map {
      ResampleRows.sumOfSquaredDifferences(moves, row($0), nothing, 0..<resamples) / Double(resamples)
    }
  }
}
