/// The picture of every strategy's metric in training against the same in validation.
public struct TrainVersusValidation: Sendable {
  /// The name of the metric, as "Sharpe ratio".
  public let metric: String
  /// How its values are written.
  public let format: NumberFormat
  /// The metric of every strategy in training. A strategy is left out, and counted, when either value is not finite.
  public let training: [Double]
  /// The metric of the same strategies in validation.
  public let validation: [Double]
  /// The position of the selected strategy in the two arrays, if there is one.
  public let winner: Int?
  /// The finding, or nil to have it worded from the numbers.
  public let title: String?

  /// See the properties of the same names.
  ///
  /// - Precondition: as many values of validation as of training, and `winner` is the position of one.
  public init(
    metric: String, format: NumberFormat, training: [Double], validation: [Double], winner: Int?,
    title: String? = nil
  ) {
    precondition(training.count == validation.count)
    precondition(winner.map(training.indices.contains) ?? true)
    self.metric = metric
    self.format = format
    self.training = training
    self.validation = validation
    self.winner = winner
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
    let defined = training.indices.filter { training[$0].isFinite && validation[$0].isFinite }
    let xs = defined.map { training[$0] }
    let ys = defined.map { validation[$0] }
    guard !xs.isEmpty else {
      let room = Heading(title: title ?? finding).draw(on: canvas)
      let reason =
        training.isEmpty
        ? "there are no strategies" : "no strategy has a \(metric) in training and in validation"
      Frame.drawNothing(reason, on: canvas, in: room)
      return
    }
    let line = LeastSquares(xs, ys)
    let (x, y) = scales(xs, ys)
    let outside = zip(xs, ys).count { !x.contains($0) || !y.contains($1) }
    let heading = Heading(
      title: title ?? finding,
      subtitle: subtitle(shown: xs.count, outside: outside, line: line), legend: legend(xs.count, line, x, y))
    let room = heading.draw(on: canvas)
    let frame = Frame(
      in: room, x: Axis(x, title: "\(metric) in training", format: format),
      y: Axis(y, title: "\(metric) in validation", format: format))
    frame.draw(on: canvas) { area in
      area.scatter(xs, ys, .training)
      // On white, so that it is seen on the darkest cells.
      area.straightLine(intercept: 0, slope: 1, Stroke(Colour.paper.withOpacity(0.75), width: 5))
      area.straightLine(intercept: 0, slope: 1, TrainVersusValidation.diagonal)
      if let line {
        area.straightLine(intercept: line.intercept, slope: line.slope, TrainVersusValidation.regression)
      }
      if let winner = markedWinner {
        canvas.drawDiamond(area.point(training[winner], validation[winner]), .orange)
      }
    }
  }

  /// The winner, if it has a place in the picture.
  private var markedWinner: Int? {
    winner.flatMap { training[$0].isFinite && validation[$0].isFinite ? $0 : nil }
  }

  private static let diagonal = Stroke(.ink, width: 2, dashes: Stroke.dashed)
  private static let regression = Stroke(.vermillion, width: 3.5)

  private func legend(_ count: Int, _ line: LeastSquares?, _ x: Scale, _ y: Scale) -> [LegendEntry] {
    var entries = [PlotArea.scatterEntry(count, .training, one: "one strategy", many: "strategies")]
    if let winner = markedWinner {
      let (before, after) = (format.text(training[winner]), format.text(validation[winner]))
      entries.append(LegendEntry(.diamond(.orange), "winner, \(before) → \(after)"))
    }
    if let line {
      entries.append(
        LegendEntry(
          .line(TrainVersusValidation.regression),
          "least squares, slope \(NumberFormat.plain.text(line.slope))"))
    }
    if max(x.lower, y.lower) < min(x.upper, y.upper) {
      entries.append(LegendEntry(.line(TrainVersusValidation.diagonal), "as good as in training"))
    }
    return entries
  }

  private var finding: String {
    guard let winner else { return "\(metric) in training and in validation" }
    return "The winner’s \(metric) "
      + Wording.change(from: training[winner], to: validation[winner], format)
  }

  private func subtitle(shown: Int, outside: Int, line: LeastSquares?) -> String {
    var text = Wording.strategies(shown)
    if let correlation = line?.correlation, correlation.isFinite {
      text += ", correlation \(NumberFormat.plain.text(correlation, decimals: 2))"
    }
    let undefined = training.count - shown
    if undefined > 0 { text += "; \(NumberFormat.count(undefined)) with an undefined value left out" }
    if outside > 0 { text += "; \(Wording.strategies(outside)) beyond the axes" }
    return text
  }

  /// A range that both axes share is worth this many times the narrower of their own: more would leave the picture empty.
  private static let mostOfOwnRange = 1.5

  /// One range for both axes, so that the diagonal is one, where both nearly fill it.
  private func scales(_ xs: [Double], _ ys: [Double]) -> (Scale, Scale) {
    let xEnds = Quantiles.frame(xs) + (markedWinner.map { [training[$0]] } ?? [])
    let yEnds = Quantiles.frame(ys) + (markedWinner.map { [validation[$0]] } ?? [])
    let x = Scale(covering: xEnds, padding: 0.05)
    let y = Scale(covering: yEnds, padding: 0.05)
    let both = Scale(covering: xEnds + yEnds, padding: 0.05)
    let narrower = min(x.upper - x.lower, y.upper - y.lower)
    return both.upper - both.lower <= Self.mostOfOwnRange * narrower ? (both, both) : (x, y)
  }
}
