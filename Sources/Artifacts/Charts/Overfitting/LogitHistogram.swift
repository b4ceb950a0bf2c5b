/// The picture of combinatorially symmetric cross-validation: where the best in sample ranked outside, in every split.
public struct LogitHistogram: Sendable {
  /// What the probability of backtest overfitting is for strategies without skill.
  public struct NullBand: Equatable, Sendable {
    /// Its mean over many data sets.
    public let mean: Double
    /// Its standard deviation over these.
    public let deviation: Double

    /// See the properties of the same names.
    public init(mean: Double, deviation: Double) {
      self.mean = mean
      self.deviation = deviation
    }
  }

  /// log(ω/(1-ω)) of each split's selected strategy, ω its relative rank out of sample; at most 0 counts as overfit.
  /// What is not finite is left out and counted in the subtitle.
  let sample: Sample
  /// How many strategies were ranked.
  public let strategies: Int
  /// What is to be expected without skill, if trials have shown it.
  public let null: NullBand?
  /// The finding, or nil to have it worded from the numbers.
  public let title: String?

  /// See the properties of the same names.
  ///
  /// - Parameter logits: log(ω/(1-ω)) of each split's selected strategy, ω its relative rank out of sample.
  public init(logits: some Collection<Double>, strategies: Int, null: NullBand? = nil, title: String? = nil) {
    sample = Sample(logits)
    self.strategies = strategies
    self.null = null
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
    guard let histogram = Histogram(sample.shown, isClosedAbove: true) else {
      let room = Heading(title: title ?? "No split has a rank out of sample").draw(on: canvas)
      let reason = sample.undefined == 0 ? "there are no splits" : "every logit is undefined"
      Frame.drawNothing(reason, on: canvas, in: room)
      return
    }
    let heading = Heading(
      title: title ?? finding, subtitle: subtitle, legend: legend)
    let room = heading.draw(on: canvas)
    let frame = Frame(
      in: room,
      x: Axis(
        Scale(covering: histogram.ends + [0], padding: 0.03),
        title: "rank out of sample as a logit (0: the median, 2.2: better than 90 % of the strategies)"),
      y: Axis(histogram.countScale, title: "splits", isWhole: true),
      references: [ReferenceLine(value: 0, text: "median out of sample", stroke: Stroke(.ink, width: 3))])
    frame.draw(on: canvas) { area in area.bars(histogram) { $0 <= 0 ? .overfit : .sound } }
  }

  private var overfit: Int { sample.finite.count { $0 <= 0 } }

  private var legend: [LegendEntry] {
    let better = sample.finite.count - overfit
    return [
      LegendEntry(.swatch(.overfit), "no better than the median: \(NumberFormat.count(overfit))"),
      LegendEntry(.swatch(.sound), "better than the median: \(NumberFormat.count(better))"),
    ]
  }

  var finding: String {
    let count = sample.finite.count
    return "In \(Wording.share(overfit, of: count)) of \(Wording.splits(count)) "
      + "the in-sample winner was no better than the median out of sample"
  }

  var subtitle: String {
    let probability = Double(overfit) / Double(sample.finite.count)
    var text =
      "The best of \(Wording.strategies(strategies)) in one half of the bars, ranked in the other; "
      + "PBO \(NumberFormat.plain.text(probability, decimals: 2))"
    if let null, null.mean.isFinite, null.deviation.isFinite {
      text += ", without skill \(NumberFormat.plain.text(null.mean, decimals: 2))"
      text += " ± \(NumberFormat.plain.text(null.deviation, decimals: 2)) (standard deviation)"
    }
    return text + ". Good: nearly all right of 0. Bad: as many left as right" + sample.note
  }
}
