import Artifacts
import Backtesting

/// The member `other_fill` of `results/overfitting.json` and `results/validation_results.json`.
struct OtherFillDocument: Codable, Sendable {
  /// The other fill, and the run's own.
  let fill: Fill
  let insteadOf: Fill
  /// Annualised, in training, by these.
  let sharpe: Measure
  let sharpeInstead: Measure
  /// Of the mean difference of a decision's return.
  let standardErrors: Measure
  let trainingPerformance: PerformanceDocument
  /// Null where no bars were left unseen.
  let validationPerformance: PerformanceDocument?
  let top: Top

  /// The best strategies of the run under the other fill.
  struct Top: Codable, Sendable {
    let strategies: Int
    let best: String?
    let sharpe: Measure

    enum CodingKeys: String, CodingKey {
      case strategies, best
      case sharpe = "sharpe_ratio"
    }
  }

  enum CodingKeys: String, CodingKey {
    case fill, top
    case insteadOf = "instead_of"
    case sharpe = "sharpe_ratio"
    case sharpeInstead = "sharpe_ratio_instead_of"
    case standardErrors = "difference_in_standard_errors"
    case trainingPerformance = "training_performance"
    case validationPerformance = "validation_performance"
  }

  init(_ finding: OtherFillFinding, name: (Int) -> String) {
    fill = finding.fill
    insteadOf = finding.fill.other
    sharpe = Measure(finding.training.sharpeRatio)
    sharpeInstead = Measure(finding.ownSharpe)
    standardErrors = Measure(finding.difference)
    trainingPerformance = PerformanceDocument(finding.training)
    validationPerformance = finding.validation.map { PerformanceDocument($0) }
    top = Top(
      strategies: finding.top, best: finding.best.map(name), sharpe: Measure(finding.bestSharpe))
  }

  /// The same, for a document that is put together.
  var json: JSONValue {
    let members: [CodingKeys: JSONValue] = [
      .fill: .text(fill.rawValue), .insteadOf: .text(insteadOf.rawValue),
      .sharpe: .number(sharpe.value), .sharpeInstead: .number(sharpeInstead.value),
      .standardErrors: .number(standardErrors.value),
      .trainingPerformance: trainingPerformance.json,
      .validationPerformance: validationPerformance.map(\.json) ?? .null,
      .top: [
        "strategies": .integer(top.strategies), "best": top.best.map { .text($0) } ?? .null,
        "sharpe_ratio": .number(top.sharpe.value),
      ],
    ]
    return .object(Dictionary(uniqueKeysWithValues: members.map { ($0.key.rawValue, $0.value) }))
  }
}

/// What the other fill does to the winner's figures.
extension OtherFillDocument {
  /// A Sharpe ratio above this counts as one that somebody would trade.
  static let tradeable = 1.0
  /// What has to stay of a Sharpe ratio under the other fill.
  static let leastShare = 0.5
  /// Standard errors from which on a fall below that share is more than the noise between two fills.
  ///
  /// Where a third of a market's variance comes overnight, the best of many coins keeps two thirds of its luck with the
  /// other fill, and less than half of it once in five times; but by three standard errors once in a hundred.
  static let leastErrors = 3.0

  /// The fall from above ``tradeable`` to below 0.
  private var turnsToLoss: Bool { sharpeInstead.value > Self.tradeable && sharpe.value < 0 }

  /// The fall below ``leastShare``, by more than noise.
  private var halves: Bool {
    sharpeInstead.value > 0 && sharpe.value < Self.leastShare * sharpeInstead.value
      && standardErrors.value > Self.leastErrors
  }

  /// Why that makes the winner suspect, a sentence with its figure and its bound; `nil` where it does not.
  var reason: String? {
    guard turnsToLoss || halves else { return nil }
    let figures =
      "Filled at \(Self.words(fill)) instead of \(Self.words(insteadOf)), the winner's training Sharpe ratio is "
      + "\(Figures.decimals(sharpe.value, 3)) instead of \(Figures.decimals(sharpeInstead.value, 3)), "
    if turnsToLoss {
      return figures + "below the bound of 0 for one above \(Figures.short(Self.tradeable))."
    }
    return figures
      + "less than half, and the difference of "
      + "\(Figures.decimals(standardErrors.value, 1, against: Self.leastErrors)) standard "
      + "errors is above the bound of \(Figures.short(Self.leastErrors))."
  }

  /// The check of the verdict.
  var check: Verdict.Check {
    let own = sharpeInstead.value
    let (figure, bound) = comparison
    return Verdict.Check(
      title, "Sharpe \(figure)", needs: bound,
      (
        own > 0 ? "its Sharpe ratio does not hang on the fill" : "no profit to lose",
        "its Sharpe ratio hangs on the fill"
      ),
      isDefined: !sharpe.value.isNaN && !own.isNaN, passes: reason == nil, reason: reason ?? "")
  }

  /// The Sharpe ratio and the bound that it passes or fails, told apart.
  private var comparison: (figure: String, bound: String) {
    let (own, errors) = (sharpeInstead.value, standardErrors.value)
    guard own > 0, !turnsToLoss else {
      let bound = turnsToLoss ? "≥ 0" : own.isNaN ? "half of its own" : "nothing"
      return (Figures.decimals(sharpe.value, 2, against: 0), bound)
    }
    let half = Self.leastShare * own
    let (figure, least) = Figures.apart(sharpe.value, half, digits: 2, Figures.decimals)
    let bound = "≥ \(least), half of \(Figures.decimals(own, 2))"
    guard sharpe.value < half else { return (figure, bound) }
    // Less than half is forgiven where noise may have done it.
    let (most, found) = (Self.leastErrors, Figures.decimals(errors, 1, against: Self.leastErrors))
    return (figure, bound + ", or a fall of ≤ \(Figures.short(most)) standard errors, here \(found)")
  }

  /// The row of the table.
  var row: OverfittingReport.Row {
    var reading =
      "the winner's Sharpe ratio filled at \(Self.words(fill)); "
      + "\(Figures.decimals(sharpeInstead.value, 3)) at \(Self.words(insteadOf))"
    if reason != nil {
      reading +=
        fill == .nextOpen
        ? ": the profit needs the very close that decides" : ": the profit needs the wait for the open"
      if top.strategies > 1, sharpe.value < top.sharpe.value {
        reading +=
          "; the best of the top \(Figures.count(top.strategies)) then makes "
          + Figures.decimals(top.sharpe.value, 3)
      }
    }
    return OverfittingReport.Row(
      name: title, value: Figures.decimals(sharpe.value, 3), reading: reading)
  }

  private var title: String { fill == .nextOpen ? "one open later" : "at the same close" }

  private static func words(_ fill: Fill) -> String {
    fill == .close ? "the close that decides" : "the next open"
  }
}

extension OverfittingReport {
  /// The winner under the other fill; `nil` where that could not be tried.
  var otherFillDocument: OtherFillDocument? {
    (try? otherFill.get()).map { OtherFillDocument($0, name: name) }
  }

  var otherFillRows: [Row] { [otherFillDocument?.row].compactMap { $0 } }
}
