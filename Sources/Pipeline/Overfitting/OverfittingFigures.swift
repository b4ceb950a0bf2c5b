import Artifacts

/// The figures of `results/overfitting.json` that decide whether a winner counts as overfitted.
struct OverfittingFigures: Sendable {
  /// The winner's Sharpe ratio, deflated for the number of strategies.
  let deflatedSharpe: DeflationDocument
  /// The probability of backtest overfitting; NaN where nothing was cross-validated.
  let pbo: Double
  /// What choosing at random has.
  var pboByChance = 0.5
  /// What it does not exceed on 95 % of shuffled bars; NaN where none were.
  var pboOfShuffles = Double.nan
  /// The consistent p-value of the test of superior predictive ability; NaN without a bootstrap.
  let spaPValue: Double
  /// What that test compares with.
  let benchmark: String?
  /// How many strategies it tested.
  var tested: Int?
  /// The winner's own step-down p-value; NaN without a bootstrap.
  var winnerPValue = Double.nan
  /// What luck gives the best; `nil` without a bootstrap.
  var luck: LuckFigures?
  /// The winner under the other fill; `nil` where that could not be tried.
  var otherFill: OtherFillDocument?
}

extension OverfittingFigures: Decodable {
  private enum CodingKeys: String, CodingKey {
    case deflatedSharpe = "deflated_sharpe"
    case crossValidation = "cross_validation"
    case dataSnooping = "data_snooping"
    case otherFill = "other_fill"
    case nullBand = "null_band"
  }

  private struct NullBand: Decodable {
    let upper: Measure?

    enum CodingKeys: String, CodingKey {
      case upper = "quantile_95"
    }
  }

  private struct CrossValidation: Decodable {
    let pbo: Measure?
    /// Absent in documents of earlier versions.
    let byChance: Measure?

    enum CodingKeys: String, CodingKey {
      case byChance = "probability_by_chance"
      case pbo = "probability_of_backtest_overfitting"
    }
  }

  private struct DataSnooping: Decodable {
    struct Ability: Decodable {
      let consistent: Measure

      enum CodingKeys: String, CodingKey {
        case consistent = "p_value_consistent"
      }
    }

    struct Stepdown: Decodable {
      let winnerPValue: Measure
      let winnerSharpe: Measure
      let winnerError: Measure

      enum CodingKeys: String, CodingKey {
        case winnerPValue = "winner_p_value"
        case winnerSharpe = "winner_sharpe_annualized"
        case winnerError = "winner_standard_error_annualized"
      }
    }

    let benchmark: String?
    let tested: Int?
    let superiorAbility: Ability?
    /// Absent in documents of earlier versions.
    let stepdown: Stepdown?
    let luckCurve: [LuckFigures.Point]?

    enum CodingKeys: String, CodingKey {
      case benchmark, stepdown
      case tested = "strategies_tested"
      case luckCurve = "luck_curve"
      case superiorAbility = "superior_predictive_ability"
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    deflatedSharpe = try container.decode(DeflationDocument.self, forKey: .deflatedSharpe)
    let crossValidation = try container.decode(CrossValidation.self, forKey: .crossValidation)
    pbo = crossValidation.pbo?.value ?? .nan
    pboByChance = crossValidation.byChance?.value ?? 0.5
    pboOfShuffles = try container.decodeIfPresent(NullBand.self, forKey: .nullBand)?.upper?.value ?? .nan
    let snooping = try container.decode(DataSnooping.self, forKey: .dataSnooping)
    spaPValue = snooping.superiorAbility?.consistent.value ?? .nan
    benchmark = snooping.benchmark
    tested = snooping.tested
    winnerPValue = snooping.stepdown?.winnerPValue.value ?? .nan
    if let winner = snooping.stepdown, let points = snooping.luckCurve {
      luck = LuckFigures(
        points: points, winnerSharpe: winner.winnerSharpe.value, standardError: winner.winnerError.value)
    }
    // Where it was not tried, the reason why stands in its place.
    otherFill = try? container.decode(OtherFillDocument.self, forKey: .otherFill)
  }
}

extension OverfittingFigures {
  init(_ report: OverfittingReport) {
    deflatedSharpe = DeflationDocument(report.sharpe, report.deflation, trials: report.trials)
    let overfitting = try? report.crossValidation.get().overfitting
    pbo = overfitting?.probability ?? .nan
    pboByChance = overfitting?.probabilityByChance ?? 0.5
    pboOfShuffles = (try? report.nullBand.get().quantile(0.95)) ?? .nan
    let snooping = try? report.snooping.get()
    spaPValue = snooping?.superiorAbility.consistent ?? .nan
    benchmark = snooping?.benchmark
    tested = snooping?.tested
    winnerPValue = snooping?.winner.pValue ?? .nan
    luck = snooping.map { LuckFigures($0, periodsPerYear: report.periodsPerYear) }
    otherFill = report.otherFillDocument
  }

  /// About the probability of backtest overfitting without skill, where winners rank anywhere out of sample.
  private static let chance = 0.5

  /// The figures against their bounds.
  func checks(_ bounds: DetectionOptions) -> [Verdict.Check] {
    let deflated = deflatedSharpe.deflatedSharpe.value
    let benchmark = benchmark ?? "cash"
    let beaten = OverfittingReport.meaning(of: benchmark)
    let deflatedText = Figures.probability(deflated, against: bounds.minimumDeflatedSharpe)
    let pboText = Figures.probability(pbo, against: bounds.maximumPBO)
    let spaText = Figures.probability(spaPValue, against: bounds.maximumSPAPValue)
    return [
      Verdict.Check(
        "deflated Sharpe", deflatedText, needs: "≥ \(bounds.minimumDeflatedSharpe)",
        ("better than the best by luck", "not clearly better than the best by luck"),
        isDefined: !deflated.isNaN, passes: deflated >= bounds.minimumDeflatedSharpe,
        reason: "The deflated Sharpe ratio of \(deflatedText), over "
          + "\(Figures.count(deflatedSharpe.trials)) trials, is below the bound of \(bounds.minimumDeflatedSharpe)."
      ),
      Verdict.Check(
        "PBO", pboText, needs: "≤ \(bounds.maximumPBO)",
        pbo < Self.chance
          ? ("below chance, about 0.5", "too near to chance, about 0.5")
          : ("within the bound, yet no better than chance, about 0.5", "no better than chance, about 0.5"),
        isDefined: !pbo.isNaN, passes: pbo <= bounds.maximumPBO,
        reason:
          "The probability of backtest overfitting of \(pboText) is above the bound of \(bounds.maximumPBO)."),
      Verdict.Check(
        "SPA p-value", spaText, needs: "≤ \(bounds.maximumSPAPValue)",
        (
          "the strongest strategy beats \(beaten)",
          "\(OverfittingReport.none(of: tested)) is shown to beat \(beaten)"
        ),
        isDefined: !spaPValue.isNaN, passes: spaPValue <= bounds.maximumSPAPValue,
        reason:
          "The p-value of superior predictive ability over \(OverfittingReport.words(benchmark: benchmark)) of "
          + "\(spaText) is above the bound of \(bounds.maximumSPAPValue)."),
    ] + [otherFill?.check].compactMap { $0 }
  }

  /// The verdict where these figures are all that there is.
  func verdict(_ bounds: DetectionOptions) -> Verdict {
    Verdict(
      bounds.rule, SkillDecision(self, bounds, trades: deflatedSharpe.returns), checks: checks(bounds))
  }
}
