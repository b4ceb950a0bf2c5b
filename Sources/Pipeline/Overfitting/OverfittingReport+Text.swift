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
        func padded(_ text: String, _ width: Int) -> String {
          text + String(repeating: " ", count: max(0, width - text.count))
        }
        return "  \(padded(row.name, names))  \(padded(row.value, values))  \(row.reading)"
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
        reading: "the same above what the best of \(Figures.count(trials)) shows by luck; skill is above 0.95")
    ]
    if case .success(let found) = dependence {
      let average = found.dependence.byAverageCorrelation
      let clusters = found.clusters.trials
      rows.append(
        Row(
          name: "effective trials", value: Figures.decimals(average, 0),
          reading: "of \(Figures.count(trials)) by average correlation; "
            + "\(Figures.decimals(found.dependence.byParticipation, 0)) by eigenvalues, "
            + "\(clusters) \(clusters == 1 ? "cluster" : "clusters") of \(found.clusters.strategies.count) sampled"))
      let least = deflation.views.dropFirst().map(\.deflated.probability).filter { !$0.isNaN }.max()
      if let least {
        rows.append(
          Row(
            name: "  deflated by them", value: probability(least),
            reading: "the kindest of the estimates; the truth is between"))
      }
    }
    if let bonferroni = multiplicity.adjusted.first(where: { $0.adjustment == .bonferroni }) {
      rows.append(
        Row(
          name: "haircut", value: "\(Figures.decimals(100 * bonferroni.haircut, 1)) %",
          reading: "of the Sharpe ratio is lost to \(Figures.count(multiplicity.tests)) tests (Bonferroni), p from "
            + "\(probability(multiplicity.pValue)) to \(probability(bonferroni.pValue))"))
    }
    rows.append(
      Row(
        name: "years needed", value: Figures.decimals(deflation.minimumBacktestYears, 1),
        reading: "or more, for luck to stay below this Sharpe ratio; "
          + "\(Figures.decimals(deflation.years, 1)) at hand"))
    return rows
  }

  private var crossValidationRows: [Row] {
    switch crossValidation {
    case .failure(let absence): return [absent("PBO", absence)]
    case .success(let found):
      let overfitting = found.overfitting
      let metric = found.metric.split(separator: "_").joined(separator: " ")
      var rows = [
        Row(
          name: "PBO", value: probability(overfitting.probability),
          reading: "of \(Figures.count(overfitting.splits.count)) splits the best by \(metric) fell below the median; "
            + "luck is near 0.5"),
        Row(
          name: "degradation slope", value: Figures.decimals(overfitting.degradation.slope, 3),
          reading: "of \(metric) out of sample on in sample, R² "
            + "\(Figures.decimals(overfitting.degradation.determination, 2)); 1 is none"),
      ]
      if !found.probabilityOfLoss.isNaN {
        rows.append(
          Row(
            name: "probability of loss", value: probability(found.probabilityOfLoss),
            reading: "of splits the best in sample lost outside"))
      }
      let dominance = overfitting.dominance
      rows.append(
        Row(
          name: "dominance",
          value: dominance.isFirstOrder ? "first" : dominance.isSecondOrder ? "second" : "none",
          reading: "order in which choosing the best beats drawing one by lot"))
      return rows
    }
  }

  private var snoopingRows: [Row] {
    switch snooping {
    case .failure(let absence): return [absent("SPA", absence)]
    case .success(let found):
      let ability = found.superiorAbility
      let rejected = found.stepwise.rejected.count
      let blocks = "\(Figures.count(found.resamples)) resamples, blocks of \(Figures.decimals(found.blockLength, 1)) bars"
      return [
        Row(
          name: "Reality Check", value: probability(found.realityCheck.pValue),
          reading: "p-value: the best mean return beats \(found.benchmark) by luck (\(blocks))"),
        Row(
          name: "SPA", value: probability(ability.consistent),
          reading: "the same studentised, \(probability(ability.lower)) to \(probability(ability.upper)); "
            + "skill is below 0.05"),
        Row(
          name: "StepM", value: Figures.count(rejected),
          reading: "\(rejected == 1 ? "strategy beats" : "strategies beat") \(found.benchmark), with "
            + "\(Figures.decimals(100 * found.stepwise.level, 0)) % risk of any false one"),
      ]
    }
  }

  private func foldRows(_ name: String, _ result: Result<FoldFinding, Absence>) -> [Row] {
    // What was not asked for needs no row.
    guard case .success(let found) = result else { return [] }
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
        reading: "Sharpe ratio a year out of sample, \(spread); "
          + "\(found.distinctWinners) winners in \(found.folds.count) folds")
    ]
  }

  private var permutationRows: [Row] {
    guard case .success(let test) = permutation else { return [] }
    return [
      Row(
        name: "bar permutation", value: probability(test.pValue),
        reading: "p-value: the best of the sweep does as well on \(Figures.count(test.permutations)) shuffled markets")
    ]
  }

  private func absent(_ name: String, _ absence: Absence) -> Row {
    Row(name: name, value: "–", reading: absence.reason)
  }

  private func probability(_ value: Double) -> String { Figures.decimals(value, 4) }
}
