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
  ///
  /// - Parameter bounds: from which figures convince.
  public func table(_ bounds: DetectionOptions) -> [String] { Row.lines(rows(bounds)) }

  func rows(_ bounds: DetectionOptions) -> [Row] {
    sharpeRows + tradeRows + otherFillRows + deflationRows(bounds.minimumDeflatedSharpe) + crossValidationRows
      + snoopingRows(bounds.maximumSPAPValue) + winnerRows + viewRows
      + foldRows("walk-forward", walkForward)
      + foldRows("CPCV", combinatorial, by: " by combinatorial purged cross-validation") + permutationRows
      + nullBandRows
  }

  private var sharpeRows: [Row] {
    let isMore = sharpe.benchmark != SweepBenchmark.cash.rawValue
    var rows = [
      Row(
        name: "standard error", value: Figures.decimals(sharpe.standardErrorBeforeBenchmark, 3),
        reading: "of the winner's Sharpe ratio of "
          + "\(Figures.decimals(sharpe.annualizedBeforeBenchmark, 3)) a year, autocorrelation included (Lo 2002); of "
          + "returns as they are, no interest taken off")
    ]
    if isMore {
      rows.append(
        Row(
          name: "above benchmark", value: Figures.decimals(sharpe.annualized, 3),
          reading: "a year, less \(Self.meaning(of: sharpe.benchmark)): what the figures below judge"))
    }
    rows.append(
      Row(
        name: "probabilistic Sharpe", value: probability(sharpe.probabilistic[.bailey2012] ?? .nan),
        reading: "one-sided confidence (1 - p, of independent returns) that the winner's true Sharpe ratio"
          + "\(isMore ? ", less that," : "") is above "
          + Figures.short(sharpe.thresholdAnnualized)
          + (trials > 1 ? ", ignoring that it was chosen from \(Figures.count(trials))" : "")))
    return rows
  }

  private func deflationRows(_ bound: Double) -> [Row] {
    let headline = deflation.headline
    var rows = [
      Row(
        name: "deflated Sharpe", value: Figures.probability(headline.probability, against: bound),
        reading:
          "the same above \(Figures.decimals(headline.benchmarkPerBar * periodsPerYear.squareRoot(), 2)) a year, what the "
          + "best of \(Figures.count(trials, "trial", "trials")) \(withoutSkill) is expected to show; convincing from "
          + "\(bound)"
          + copies)
    ]
    rows += nullBarRows
    // One strategy is like no other.
    if trials - ineligible > 1, case .success(let found) = dependence {
      let average = found.dependence.byAverageCorrelation
      let clusters = found.clusters.trials
      let groups =
        found.hasClusters
        ? "\(Figures.count(clusters, "cluster", "clusters")) among the "
          + "\(Figures.count(found.clusters.strategies.count)) looked at"
        : "no clusters"
      rows.append(
        Row(
          name: "effective trials", value: countApart(average),
          reading:
            "independent strategies that would vary as much as these \(Figures.count(trials - ineligible)), by their "
            + "average correlation of \(Figures.decimals(found.dependence.averageCorrelation, 2)); "
            + "\(countApart(found.dependence.byParticipation)) directions by eigenvalues, where mirrored ones do not cancel "
            + "(root mean square correlation "
            + "\(Figures.decimals(found.dependence.meanSquaredCorrelation.squareRoot(), 2))); " + groups))
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
            "of the Sharpe ratio is lost to \(Figures.count(multiplicity.tests, "test", "tests")) (Bonferroni, as if none resembled "
            + "another), "
            + "\(Figures.decimals(sharpe.annualized * (1 - bonferroni.haircut), 2)) is left; two-sided p-value "
            + "\(probability(multiplicity.pValue)) → \(probability(bonferroni.pValue)); significant from a mean return of "
            + "\(Figures.percent(multiplicity.hurdlePerYear)) a year, it has \(Figures.percent(multiplicity.meanPerYear))"
        ))
    }
    guard trials > 1 else { return rows }
    rows.append(
      Row(
        name: "history needed", value: Figures.decimals(deflation.minimumBacktestYears, 1),
        reading:
          "years after which the best of \(Figures.count(trials)) independent ones by luck shows less than this Sharpe "
          + "ratio, as luck evens out with time: a minimum, no proof; you have \(Figures.decimals(deflation.years, 1))"
          + (sharpe.unit == "bar" ? "" : ", counting bars held")))
    return rows
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
            "probability of backtest overfitting: in \(Figures.percent(overfitting.probability, 0)) of "
            + "\(Figures.count(overfitting.splits.count)) splits the in-sample winner by \(metric) came in the lower "
            + "half out of sample; without skill about \(Figures.decimals(overfitting.probabilityByChance, 2)), give or "
            + "take 0.3 on one data set" + idle(overfitting.undefinedShare)
            + alternatives(overfitting.strategies)
        ),
        Row(
          name: "degradation slope", value: Figures.decimals(overfitting.degradation.slope, 3),
          reading:
            "what 1 more in sample brought out of sample: 1 is all of it, 0 nothing; about -1, and no bad sign, where "
            + "one strategy wins most splits, as one half lacks what the other has (R² "
            + "\(Figures.decimals(overfitting.degradation.determination, 2)))"
        ),
      ]
      if !found.probabilityOfLoss.isNaN {
        rows.append(
          Row(
            name: "probability of loss", value: probability(found.probabilityOfLoss),
            reading: "share of splits in which the in-sample winner loses money out of sample"))
      }
      let dominance = overfitting.dominance
      rows.append(
        Row(
          name: "dominance",
          value: dominance.isFirstOrder ? "first" : dominance.isSecondOrder ? "second" : "none",
          reading: Self.words(dominance)))
      return rows
    }
  }

  private func snoopingRows(_ bound: Double) -> [Row] {
    switch snooping {
    case .failure(let absence): return [absent("SPA", absence)]
    case .success(let found):
      let ability = found.superiorAbility
      let rejected = found.stepwise.rejected.count
      let best = found.superiorAbility.best.map { name($0) }
      let isOther = best != nil && best != winner
      let none = Self.none(of: found.tested)
      let blocks =
        "\(Figures.count(found.resamples)) resamples in blocks of \(Figures.decimals(found.blockLength, 1)) bars"
      return [
        Row(
          name: "Reality Check", value: probability(found.realityCheck.pValue),
          reading: "p-value of \"\(none) beats \(Self.meaning(of: found.benchmark))\" (White 2000; \(blocks))"
        ),
        Row(
          name: "SPA", value: Figures.probability(ability.consistent, against: bound),
          reading:
            "p-value of the same claim by superior predictive ability (Hansen 2005; liberal "
            + "\(probability(ability.lower)), conservative \(probability(ability.upper))); evidence where ≤ \(bound)"
            + (isOther ? "; the strongest is \(Self.label(best ?? "")), not the winner" : "")
            + alternatives(found.tested)
        ),
        Row(
          name: "StepM", value: rejected == 0 ? "none" : Figures.count(rejected),
          reading: (rejected == 0 ? "is" : rejected == 1 ? "strategy is" : "strategies are")
            + " shown to beat "
            + Self.meaning(of: found.benchmark, ofMany: rejected != 1)
            + " (Romano & Wolf 2005; family-wise error \(Figures.percent(found.stepwise.level, 0)), "
            + "nominal)"),
      ]
    }
  }

  /// How many strategies were ranked, where others are left out.
  private func alternatives(_ ranked: Int) -> String {
    guard ineligible > 0 else { return "" }
    let few = ineligible - neverTraded
    return "; of \(Figures.count(ranked, "strategy", "strategies"))"
      + (neverTraded > 0 ? "; \(Figures.count(neverTraded)) never traded" : "")
      + (few > 0 ? "; \(Figures.count(few)) with fewer trades than --minimum-trades" : "")
  }

  /// A strategy that goes by its number is called one.
  static func label(_ name: String) -> String { Int(name) == nil ? name : "strategy \(name)" }

  /// What dominance, or the want of it, says of choosing.
  private static func words(_ dominance: StochasticDominance) -> String {
    if dominance.isFirstOrder {
      return "order of stochastic dominance: choosing the winner was better than choosing at random"
    }
    return dominance.isSecondOrder
      ? "order of stochastic dominance: whoever is averse to risk did better to choose the winner than at random"
      : "no stochastic dominance: choosing the winner was not better than choosing at random at every level"
  }

  private func foldRows(
    _ name: String, _ result: Result<FoldFinding, Absence>, by method: String = ""
  ) -> [Row] {
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
      ? ", median of \(found.paths.count) paths (\(Figures.decimals(sharpes.first ?? .nan, 3)) to "
        + "\(Figures.decimals(sharpes.last ?? .nan, 3)))"
      : ""
    return [
      Row(
        name: name, value: Figures.decimals(median, 3),
        reading: "annual Sharpe ratio out of sample\(method)\(spread); "
          + Figures.count(found.distinctWinners, "winner", "different winners")
          + " in \(found.folds.count) folds")
    ]
  }

  private var permutationRows: [Row] {
    guard case .success(let test) = permutation else { return [] }
    return [
      Row(
        name: "bar permutation", value: probability(test.pValue),
        reading:
          "p-value of \"the best is as good on a shuffled market\" (\(Figures.count(test.permutations)) shuffles)"
      )
    ]
  }

  /// A benchmark as a sentence names it.
  static func words(benchmark: String) -> String {
    switch SweepBenchmark(rawValue: benchmark) {
    case .market: "the market"
    case .exposure: "its exposure to the market"
    case .cash, nil: benchmark
    }
  }

  /// Of how many tested strategies it is said that not one beats a benchmark.
  static func none(of tested: Int?) -> String {
    guard let tested, tested > 1 else { return "no strategy" }
    return "none of \(Figures.count(tested)) strategies"
  }

  /// What it is to do no better than a benchmark.
  static func meaning(of benchmark: String, ofMany: Bool = false) -> String {
    switch SweepBenchmark(rawValue: benchmark) {
    case .market: "holding the market"
    case .exposure: "holding \(ofMany ? "their" : "its") own average position"
    case .cash, nil: benchmark
    }
  }

  private func absent(_ name: String, _ absence: Absence) -> Row {
    Row(name: name, value: "–", reading: absence.reason)
  }

  private func probability(_ value: Double) -> String { Figures.probability(value) }

  /// A number of trials, with as many decimals as it takes to tell it from that of all that count.
  private func countApart(_ value: Double) -> String {
    let digits =
      (0...2).first { Figures.decimals(value, $0) != Figures.decimals(Double(trials - ineligible), $0) } ?? 0
    return digits == 0 ? count(value) : Figures.decimals(value, digits)
  }

  private func count(_ value: Double) -> String {
    value.isFinite ? Figures.count(Int(value.rounded())) : "undefined"
  }
}
