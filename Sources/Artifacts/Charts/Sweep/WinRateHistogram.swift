/// The picture of all strategies' win rates, with the winner among them and what luck alone would give the best.
public struct WinRateHistogram: Sendable {
  /// The win rate of every strategy, between 0 and 1. What is not finite is left out and counted in the subtitle.
  public let winRates: [Double]
  /// The win rate that a strategy without skill has on average; NaN when unknown.
  public let expected: Double
  /// The win rate of the selected strategy; NaN when there is none.
  public let best: Double
  /// The win rate of the selected strategy on bars that it was not selected by; NaN when unknown.
  public let unseen: Double
  /// The win rate that the best of as many strategies is expected to reach by luck alone; NaN when unknown.
  public let bestByLuck: Double
  /// What a win rate is a share of, as "bars" or "trades".
  public let unit: String
  /// What has to be known of the win rates, as "47 trades each (median)"; empty for nothing.
  public let note: String
  /// The finding, or nil to have it worded from the numbers.
  public let title: String?

  /// See the properties of the same names.
  public init(
    winRates: [Double], expected: Double, best: Double, unseen: Double = .nan, bestByLuck: Double,
    unit: String = "bars", note: String = "", title: String? = nil
  ) {
    self.winRates = winRates
    self.expected = expected
    self.best = best
    self.unseen = unseen
    self.unit = unit
    self.note = note
    self.bestByLuck = bestByLuck
    self.title = title
  }

  /// The picture as a PNG file of 1,600 × 900 pixels; the same values give the same bytes.
  ///
  /// - Parameter context: what was looked at, in one line at the foot of the picture.
  /// - Throws: `ChartError` when the font or the memory for it is missing.
  public func png(context: String = "") throws(ChartError) -> [UInt8] {
    try Canvas.png(context: context, draw)
  }

  func draw(on canvas: Canvas) {
    let finite = winRates.filter(\.isFinite)
    let undefined = Wording.leftOut(winRates.count - finite.count)
    guard let histogram = Histogram(finite) else {
      let room = Heading(title: title ?? "No strategy has a win rate").draw(on: canvas)
      let reason = winRates.isEmpty ? "there are no strategies" : "every win rate is undefined"
      Frame.drawNothing(reason, on: canvas, in: room)
      return
    }
    let heading = Heading(
      title: title ?? finding,
      subtitle: "Win rates of \(Wording.strategies(finite.count)) in training"
        + (note.isEmpty ? "" : ", \(note)") + undefined)
    let box = heading.draw(on: canvas)

    let frame = Frame(
      in: box,
      x: Axis(
        Scale(covering: histogram.ends + references.map(\.value), padding: 0.03), title: "win rate",
        format: .percent),
      y: Axis(histogram.countScale, title: "strategies", isWhole: true), references: references)
    frame.draw(on: canvas) { area in area.bars(histogram) { _ in .strategies } }
  }

  private var references: [ReferenceLine] {
    let (bestText, luckText) = Wording.distinct(best, bestByLuck, .percent)
    return [
      ReferenceLine(
        value: expected, text: "one by luck \(NumberFormat.percent.text(expected))",
        stroke: Stroke(.quiet, width: 3, dashes: Stroke.dotted)),
      ReferenceLine(
        value: bestByLuck, text: "best by luck \(luckText)",
        stroke: Stroke(.ink, width: 3, dashes: Stroke.dashed)),
      ReferenceLine(value: best, text: "winner in training \(bestText)", stroke: Stroke(.training, width: 3)),
      ReferenceLine(
        value: unseen, text: "in validation \(NumberFormat.percent.text(unseen))",
        stroke: Stroke(.validation, width: 3)),
    ].filter(\.value.isFinite)
  }

  var finding: String {
    let count = NumberFormat.count(winRates.count)
    let (bestText, luckText) = Wording.distinct(best, bestByLuck, .percent)
    guard best.isFinite else { return "Win rates of \(Wording.strategies(winRates.count))" }
    let winner = winRates.count == 1 ? "The only strategy" : "The best of \(count)"
    let later = unseen.isFinite ? ", and \(NumberFormat.percent.text(unseen)) in validation" : ""
    let start = "\(winner) wins \(bestText) of its \(unit) in training"
    guard bestByLuck.isFinite else { return start + later }
    return best > bestByLuck
      ? "\(start), more than luck’s \(luckText)\(later)"
      : "\(start), no more than luck’s \(luckText)\(later)"
  }
}
