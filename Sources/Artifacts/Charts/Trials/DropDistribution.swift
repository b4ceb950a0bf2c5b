/// The picture of repeated trials: what the winner loses from training to validation, again and again.
public struct DropDistribution: Sendable {
  /// The name of the metric, of which more is better, with its unit, as "Sharpe ratio, annualised".
  public let metric: String
  /// How its values are written.
  public let format: NumberFormat
  /// The metric of each trial's winner in training less that in validation. What is not finite is left out and counted.
  public let drops: [Double]
  /// The mean of the drops with its interval of 95 %.
  public let mean: Estimate
  /// The finding, or nil to have it worded from the numbers.
  public let title: String?

  /// See the properties of the same names.
  public init(
    metric: String, format: NumberFormat, drops: [Double], mean: Estimate, title: String? = nil
  ) {
    self.metric = metric
    self.format = format
    self.drops = drops
    self.mean = mean
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
    let sample = Sample(drops)
    guard let histogram = Histogram(sample.shown, isClosedAbove: true) else {
      let room = Heading(title: title ?? "No trial has a drop").draw(on: canvas)
      let reason = drops.isEmpty ? "there are no trials" : "every drop is undefined"
      Frame.drawNothing(reason, on: canvas, in: room)
      return
    }
    let falls = sample.finite.count { $0 > 0 }
    let heading = Heading(
      title: title ?? finding, subtitle: subtitle(sample),
      legend: legend(falls, of: sample.finite.count))
    let x = Scale(covering: histogram.ends + [0], padding: 0.03)
    let frame = Frame(
      in: heading.draw(on: canvas),
      x: Axis(x, title: "\(metric): training less validation", format: format),
      y: Axis(histogram.countScale, title: "trials", isWhole: true), references: references)
    frame.draw(on: canvas) { area in
      area.bars(histogram) { $0 > 0 ? .overfit : .sound }
      area.topInterval(from: mean.lower, to: mean.upper, .ink)
    }
  }

  private var references: [ReferenceLine] {
    var text = "mean \(Wording.difference(mean.value, format))"
    if mean.lower.isFinite && mean.upper.isFinite {
      let figures = [mean.lower, mean.upper].map {
        format == .percent ? NumberFormat.plain.text($0 * 100, decimals: 1) : format.text($0)
      }
      text += " (95 %: \(NumberFormat.range(figures[0], figures[1])))"
    }
    return [
      ReferenceLine(value: 0, text: "no drop", stroke: Stroke(.quiet, width: 3, dashes: Stroke.dotted)),
      ReferenceLine(value: mean.value, text: text, stroke: Stroke(.ink, width: 3)),
    ].filter(\.value.isFinite)
  }

  private func legend(_ falls: Int, of count: Int) -> [LegendEntry] {
    [
      LegendEntry(.swatch(.overfit), "worse in validation: \(NumberFormat.count(falls))"),
      LegendEntry(.swatch(.sound), "as good or better: \(NumberFormat.count(count - falls))"),
    ]
  }

  var finding: String {
    let finite = Sample(drops).finite
    let share = Wording.share(finite.count { $0 > 0 }, of: finite.count)
    let often = "in \(share) of \(Wording.trials(finite.count)) it falls"
    let subject = "The winner’s \(Wording.name(metric))"
    if !mean.value.isFinite { return "\(subject) from training to validation: \(often)" }
    let size = Wording.difference(abs(mean.value), format)
    return
      "\(subject) \(mean.value < 0 ? "rises" : "falls") by \(size) on average from training to validation; \(often)"
  }

  private func subtitle(_ sample: Sample) -> String {
    "\(Wording.trials(sample.finite.count)), each choosing its winner in training and trying it on unseen bars. "
      + "Around zero, nothing is lost; right of zero, part of what was seen in training is gone"
      + sample.note
  }
}
