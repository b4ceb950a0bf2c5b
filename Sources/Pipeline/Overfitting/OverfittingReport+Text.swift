import Backtesting
import Statistics

extension OverfittingReport {
  /// One row of the table: a statistic, its value, how to read it.
  struct Row: Equatable {
    let name: String
    let value: String
    let reading: String

    /// A line a row, in columns.
    static func lines(_ rows: [Row]) -> [String] {
      let names = rows.map(\.name.count).max() ?? 0
      let values = rows.map(\.value.count).max() ?? 0
      return rows.map { row in
        "  \(row.name.padded(to: names))  \(row.value.padded(to: values))  \(row.reading)"
      }
    }
  }

  /// The table for a terminal, a line a statistic.
  public var table: [String] { Row.lines(rows) }

  var rows: [Row] {
    sharpeRows + deflationRows + crossValidationRows + snoopingRows
      + foldRows("walk-forward", walkForward) + foldRows("CPCV", combinatorial) + permutationRows
  }

  private var sharpeRows: [Row] {
    let annual = periodsPerYear.squareRoot()
    let error = sharpe.standardErrorAutocorrelated * annual
    return [
      Row(
        name: "Sharpe ratio", value: Figures.decimals(sharpe.annualized, 3),
        reading: "annualised, standard error \(Figures.decimals(error, 3)) (Lo 2002)"),
      Row(
        name: "probabilistic Sharpe", value: probability(sharpe.probabilistic[.bailey2012] ?? .nan),
        reading: "that the true one is above 0, had it been the only strategy"),
    ]
  }

  private var deflationRows: [Row] {
    let headline = deflation.headline
    var rows = [
      Row(
        name: "deflated Sharpe", value: probability(headline.probability),
        reading: "the same above what the best of \(Figures.count(trials)) shows by luck; skill is above 0.95"
          + (areAlike ? " (kind: they are alike)" : ""))
    ]
    if case .success(let found) = dependence {
      let average = found.dependence.byAverageCorrelation
      let clusters = found.clusters.trials
      let groups =
        found.hasClusters
        ? "\(clusters) \(clusters == 1 ? "cluster" : "clusters") among \(Figures.count(found.clusters.strategies.count))"
        : "no clusters"
      rows.append(
        Row(
          name: "effective trials", value: count(average),
          reading: "of \(Figures.count(trials)) by average correlation; "
            + "\(count(found.dependence.byParticipation)) by eigenvalues, " + groups))
      if let view = deflation.views.first(where: { $0.basis == "average_correlation" }) {
        rows.append(
          Row(
            name: "  deflated by these", value: probability(view.deflated.probability),
            reading: "for \(count(average)) trials instead of \(Figures.count(trials))"))
      }
    }
    // A haircut of a loss says nothing.
    if sharpe.annualized > 0,
      let bonferroni = multiplicity.adjusted.first(where: { $0.adjustment == .bonferroni })
    {
      rows.append(
        Row(
          name: "haircut",
          value: Figures.decimals(100 * bonferroni.haircut, 1) + " %",
          reading:
            "of the Sharpe ratio is lost to \(Figures.count(multiplicity.tests)) tests (Bonferroni), p from "
            + "\(probability(multiplicity.pValue)) to \(probability(bonferroni.pValue))"))
    }
    rows.append(
      Row(
        name: "years needed", value: Figures.decimals(deflation.minimumBacktestYears, 1),
        reading: "or more, for the best by luck to stay below this Sharpe ratio; "
          + "\(Figures.decimals(deflation.years, 1)) "
          + (unit == "bar" ? "at hand" : "in the market")))
    return rows
  }

  /// Whether strategies are so alike that their Sharpe ratios differ little, and the best of them stands out less than
  /// the best of as many different ones would.
  private var areAlike: Bool {
    guard case .success(let found) = dependence else { return false }
    return found.dependence.averageCorrelation > 0.5
  }

  private var crossValidationRows: [Row] {
    switch crossValidation {
    case .failure(let absence): return [absent("PBO", absence)]
    case .success(let found):
      let overfitting = found.overfitting
      let metric = Metric(rawValue: found.metric)?.label ?? found.metric
      var rows = [
        Row(
          name: "PBO", value: probability(overfitting.probability),
          reading:
            "of \(Figures.count(overfitting.splits.count)) splits the best by \(metric) was no better than the median; "
            + "luck is near 0.5" + (ineligible > 0 ? "; all strategies stand" : "")),
        Row(
          name: "degradation slope", value: Figures.decimals(overfitting.degradation.slope, 3),
          reading: "of \(metric) out of sample on in sample, R² "
            + "\(Figures.decimals(overfitting.degradation.determination, 2)); 1 is none, halves alone give -1"
        ),
      ]
      if !found.probabilityOfLoss.isNaN {
        rows.append(
          Row(
            name: "probability of loss", value: probability(found.probabilityOfLoss),
            reading: "of splits the best in sample loses outside"))
      }
      let dominance = overfitting.dominance
      rows.append(
        Row(
          name: "dominance",
          value: dominance.isFirstOrder ? "first" : dominance.isSecondOrder ? "second" : "none",
          reading: "stochastic order in which the best in sample beats the average strategy outside"))
      return rows
    }
  }

  private var snoopingRows: [Row] {
    switch snooping {
    case .failure(let absence): return [absent("SPA", absence)]
    case .success(let found):
      let ability = found.superiorAbility
      let rejected = found.stepwise.rejected.count
      let benchmark = Self.words(benchmark: found.benchmark)
      let best = found.superiorAbility.best.map { name($0) }
      let isOther = best != nil && best != winner
      let blocks =
        "\(Figures.count(found.resamples)) resamples in blocks of \(Figures.decimals(found.blockLength, 1)) bars"
      return [
        Row(
          name: "Reality Check", value: probability(found.realityCheck.pValue),
          reading: "p-value: the best beats \(benchmark) by luck (\(blocks))"),
        Row(
          name: "SPA", value: probability(ability.consistent),
          reading: "the same studentised, \(probability(ability.lower)) to \(probability(ability.upper)); "
            + "skill is below 0.05"
            + (isOther ? "; best is \(best ?? "")" : "")),
        Row(
          name: "StepM", value: Figures.count(rejected),
          reading: (rejected == 1 ? "strategy beats " : "strategies beat ")
            + Self.words(benchmark: found.benchmark, ofMany: rejected != 1) + ", with "
            + "\(Figures.decimals(100 * found.stepwise.level, 0)) % risk of any false one"),
      ]
    }
  }

  private func foldRows(_ name: String, _ result: Result<FoldFinding, Absence>) -> [Row] {
    let found: FoldFinding
    switch result {
    case .success(let finding): found = finding
    // What was not asked for needs no row.
    case .failure(let absence): return absence.isWanted ? [absent(name, absence)] : []
    }
    let sharpes = found.paths.map(\.sharpeRatio).filter { !$0.isNaN }.sorted()
    let median = sharpes.isEmpty ? .nan : sharpes[sharpes.count / 2]
    let spread =
      found.paths.count > 1
      ? "median of \(found.paths.count) paths, \(Figures.decimals(sharpes.first ?? .nan, 3)) to "
        + "\(Figures.decimals(sharpes.last ?? .nan, 3))"
      : "of one history"
    return [
      Row(
        name: name, value: Figures.decimals(median, 3),
        reading: "annual Sharpe ratio out of sample, \(spread); "
          + "\(found.distinctWinners) winners in \(found.folds.count) folds")
    ]
  }

  private var permutationRows: [Row] {
    guard case .success(let test) = permutation else { return [] }
    return [
      Row(
        name: "bar permutation", value: probability(test.pValue),
        reading:
          "p-value: the best on a shuffled market is as good (of \(Figures.count(test.permutations)))")
    ]
  }

  /// A benchmark as a sentence names it.
  static func words(benchmark: String, ofMany: Bool = false) -> String {
    switch SweepBenchmark(rawValue: benchmark) {
    case .market: "the market"
    case .exposure: (ofMany ? "their" : "its") + " exposure to the market"
    case .cash, nil: benchmark
    }
  }

  private func absent(_ name: String, _ absence: Absence) -> Row {
    Row(name: name, value: "–", reading: absence.reason)
  }

  private func probability(_ value: Double) -> String { Figures.probability(value) }

  private func count(_ value: Double) -> String {
    value.isFinite ? Figures.count(Int(value.rounded())) : "undefined"
  }
}
