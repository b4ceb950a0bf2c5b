/// The picture of the winner's equity through training and validation, with buy-and-hold behind it.
public struct EquityCurves: Sendable {
  /// One stretch of time.
  ///
  /// What is undefined (NaN) interrupts its line and is counted in the subtitle.
  public struct Segment: Sendable {
    /// Microseconds since 1970, UTC, not falling; or the numbers of bars.
    public let timestamps: [Int64]
    /// The equity at each timestamp, as a multiple of that at the start of the segment.
    public let equity: [Double]
    /// The price of the market at each timestamp.
    public let prices: [Double]

    /// See the properties of the same names.
    ///
    /// - Precondition: equally many of all three.
    public init(timestamps: [Int64], equity: [Double], prices: [Double]) {
      precondition(timestamps.count == equity.count && timestamps.count == prices.count)
      self.timestamps = timestamps
      self.equity = equity
      self.prices = prices
    }
  }

  /// The name of the strategy.
  public let strategy: String
  /// The bars the strategy was selected by.
  public let training: Segment
  /// Later bars, which played no part in the selection. Its equity is drawn on from where training ended, as of one account.
  public let validation: Segment
  /// The finding, or nil to have it worded from the numbers.
  public let title: String?
  /// Whether bars are numbered instead of timed.
  public let isNumbered: Bool

  /// A range of equity beyond this factor is drawn on a logarithmic scale.
  private static let largestLinearRange = 5.0

  /// See the properties of the same names.
  public init(
    strategy: String, training: Segment, validation: Segment, title: String? = nil, isNumbered: Bool = false
  ) {
    self.strategy = strategy
    self.training = training
    self.validation = validation
    self.title = title
    self.isNumbered = isNumbered
  }

  /// The picture as a PNG file of 1,600 × 900 pixels; the same values give the same bytes.
  ///
  /// - Parameter context: what was looked at, in one line at the foot of the picture.
  /// - Throws: `ChartError` when the font or the memory for it is missing.
  public func png(context: String = "") throws(ChartError) -> [UInt8] {
    try Canvas.png(context: context, draw)
  }

  func draw(on canvas: Canvas) {
    let curves = Curves(self)
    let all = curves.training + curves.validation + curves.market
    let finite = all.filter(\.isFinite)
    guard let lowest = finite.min(), let highest = finite.max() else {
      let room = Heading(title: title ?? "\(strategy) has no equity curve").draw(on: canvas)
      let reason = all.isEmpty ? "there are no bars" : "every value of the equity is undefined"
      Frame.drawNothing(reason, on: canvas, in: room)
      return
    }
    let isLogarithmic = lowest > 0 && highest / lowest > EquityCurves.largestLinearRange
    let heading = Heading(
      title: title ?? finding, subtitle: subtitle(leavingOut: all.count - finite.count), legend: legend)
    let room = heading.draw(on: canvas)
    let time = Scale(isNumbered ? .linear : .time, covering: curves.trainingTimes + curves.validationTimes)
    let equity = Scale(isLogarithmic ? .logarithmic : .linear, covering: finite, padding: 0.04)
    let frame = Frame(
      in: room, x: Axis(time, title: isNumbered ? "bar" : "time (UTC)"),
      y: Axis(
        equity, title: "equity, multiple of the start" + (isLogarithmic ? " (log scale)" : ""),
        format: .multiple),
      references: curves.split.map { [reference(at: $0, on: time)] } ?? [])
    frame.draw(on: canvas) { area in
      if let split = curves.split {
        area.band(from: split, to: area.x.upper, Colour.validation.withOpacity(0.08))
      }
      area.horizontalLine(at: 1, Stroke(.axis, width: 1.5))
      area.line(curves.trainingTimes + curves.validationTimes, curves.market, Stroke(.market, width: 2))
      area.line(curves.trainingTimes, curves.training, Stroke(.training, width: 3))
      area.line(
        curves.joint.times + curves.validationTimes, curves.joint.equity + curves.validation,
        Stroke(.validation, width: 3))
    }
  }

  private var legend: [LegendEntry] {
    let training = LegendEntry(.line(Stroke(.training, width: 4)), "the winner in training")
    let unseen = LegendEntry(.line(Stroke(.validation, width: 4)), "the winner in validation")
    let market = LegendEntry(.line(Stroke(.market, width: 3)), "buy and hold")
    return validation.timestamps.isEmpty ? [training, market] : [training, unseen, market]
  }

  /// The line at the start of validation, dated to the minute when the whole picture is a matter of days.
  private func reference(at split: Double, on time: Scale) -> ReferenceLine {
    let step = time.upper - time.lower < 10 * TimeTicks.day ? TimeTicks.minute : TimeTicks.day
    let date =
      isNumbered
      ? "bar \(NumberFormat.plain.text(split + 1, decimals: 0))"
      : TimeTicks.text(Tick(value: split, step: step))
    return ReferenceLine(
      value: split, text: "validation from \(date)", stroke: Stroke(.validation, width: 2))
  }

  private var finding: String {
    let before = training.equity.last { $0.isFinite } ?? .nan
    let after = validation.equity.last { $0.isFinite } ?? .nan
    guard before.isFinite else { return "The winner’s equity through training and validation" }
    func part(_ growth: Double, _ segment: Segment, _ name: String) -> String {
      "\(NumberFormat.multiple.text(growth)) in \(isNumbered ? segment.bars : segment.years) of \(name)"
    }
    let seen = "The winner’s equity: \(part(before, training, "training"))"
    return after.isFinite ? seen + ", \(part(after, validation, "validation"))" : seen
  }

  private func subtitle(leavingOut undefined: Int) -> String {
    func growth(_ segment: Segment) -> Double {
      guard let first = segment.prices.first(where: { $0.isFinite && $0 > 0 }) else { return .nan }
      return (segment.prices.last { $0.isFinite } ?? .nan) / first
    }
    let format = NumberFormat.multiple
    let market = "\(strategy). Buy and hold: \(format.text(growth(training))) in training"
    let seen = validation.timestamps.isEmpty ? "" : ", \(format.text(growth(validation))) in validation"
    return market + seen + Wording.leftOut(undefined)
  }
}

extension EquityCurves.Segment {
  /// How many bars there are.
  fileprivate var bars: String { "\(NumberFormat.plain.text(Double(timestamps.count), decimals: 0)) bars" }

  /// The time from the first bar to the last, in the largest unit that it fills.
  fileprivate var years: String {
    let span = Double(timestamps.last ?? 0) - Double(timestamps.first ?? 0)
    for (unit, length) in [("years", TimeTicks.year), ("months", TimeTicks.month), ("days", TimeTicks.day)]
    where span >= length {
      return "\(NumberFormat.plain.text(span / length, decimals: 1)) \(unit)"
    }
    return "\(NumberFormat.plain.text(span / TimeTicks.hour, decimals: 1)) hours"
  }
}

/// The lines of the picture, all as multiples of the start of training.
private struct Curves {
  let trainingTimes: [Double]
  let validationTimes: [Double]
  let training: [Double]
  let validation: [Double]
  let market: [Double]
  /// The last defined point of training, from which validation goes on; empty without either.
  let joint: (times: [Double], equity: [Double])
  /// The first instant of validation, if there is any on either side of it.
  let split: Double?

  init(_ inputs: EquityCurves) {
    let times = inputs.training.timestamps.map(Double.init)
    let equity = inputs.training.equity
    let last = equity.lastIndex { $0.isFinite }
    let base = last.map { equity[$0] } ?? 1
    let isContinued = inputs.validation.equity.contains { $0.isFinite }
    let seam = isContinued ? last.map { $0..<($0 + 1) } ?? 0..<0 : 0..<0
    let prices = inputs.training.prices + inputs.validation.prices
    let first = prices.first { $0.isFinite && $0 > 0 } ?? .nan
    joint = (Array(times[seam]), Array(equity[seam]))
    trainingTimes = times
    validationTimes = inputs.validation.timestamps.map(Double.init)
    training = equity
    validation = inputs.validation.equity.map { $0 * base }
    market = prices.map { $0 / first }
    split = times.isEmpty ? nil : validationTimes.first
  }
}
