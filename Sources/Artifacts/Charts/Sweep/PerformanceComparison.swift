/// The picture of one strategy's performance in training beside that in validation.
public struct PerformanceComparison: Sendable {
  /// What is compared. NaN is undefined and shown as none.
  public struct Performance: Equatable, Sendable {
    /// Between 0 and 1.
    public let winRate: Double
    /// Compounded, a year: 0.5 is a gain of one half.
    public let annualGrowth: Double
    /// Annualised.
    public let sharpeRatio: Double

    /// See the properties of the same names.
    public init(winRate: Double, annualGrowth: Double, sharpeRatio: Double) {
      self.winRate = winRate
      self.annualGrowth = annualGrowth
      self.sharpeRatio = sharpeRatio
    }
  }

  /// The name of the strategy.
  public let strategy: String
  /// How it did on the bars it was selected by.
  public let training: Performance
  /// How it did on bars that played no part in the selection.
  public let validation: Performance
  /// Who bought and held, in training and in validation; nil where that is unknown. NaN has no bar.
  public let held: (training: Performance, validation: Performance)?
  /// What the Sharpe ratios are of, as "all bars".
  public let unit: String
  /// The finding, or nil to have it worded from the numbers.
  public let title: String?

  /// See the properties of the same names.
  public init(
    strategy: String, training: Performance, validation: Performance,
    held: (training: Performance, validation: Performance)? = nil, unit: String = "annualised",
    title: String? = nil
  ) {
    self.strategy = strategy
    self.training = training
    self.validation = validation
    self.held = held
    self.unit = unit
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
    let heading = Heading(
      title: title ?? finding,
      subtitle: "\(strategy): selected in training, tried on unseen bars in validation", legend: legend)
    let room = heading.draw(on: canvas).inset(top: 8)
    func panel(_ name: String, _ format: NumberFormat, _ value: (Performance) -> Double) -> Panel {
      Panel(
        name: name, format: format, values: [value(training), value(validation)],
        held: held.map { [value($0.training), value($0.validation)] } ?? [.nan, .nan])
    }
    let panels = [
      panel("Win rate", .percent, \.winRate), panel("Growth a year", .percent, \.annualGrowth),
      panel("Sharpe ratio, \(unit)", .plain, \.sharpeRatio),
    ]
    for (panel, box) in zip(panels, room.columns(panels.count, gap: 44)) { draw(panel, on: canvas, in: box) }
  }

  /// One figure in training and in validation.
  private struct Panel {
    let name: String
    let format: NumberFormat
    let values: [Double]
    let held: [Double]

    var isCompared: Bool { held.contains(where: \.isFinite) }
  }

  private var legend: [LegendEntry] {
    [
      LegendEntry(.swatch(.training), "winner in training"),
      LegendEntry(.swatch(.validation), "winner in validation"),
    ] + (held == nil ? [] : [LegendEntry(.swatch(.market), "buy and hold")])
  }

  private var finding: String {
    func pair(_ before: Performance, _ after: Performance) -> String {
      let (first, second) = Wording.distinct(before.annualGrowth, after.annualGrowth, .percent)
      return "\(first) a year in training and \(second) in validation"
    }
    let winner = "The winner makes \(pair(training, validation))"
    return held.map { winner + "; buy and hold \(pair($0.training, $0.validation))" } ?? winner
  }

  private func draw(_ panel: Panel, on canvas: Canvas, in box: Box) {
    let all = panel.values + (panel.isCompared ? panel.held.filter(\.isFinite) : [])
    let frame = Frame(
      in: box, x: Axis(categories: ["training", "validation"]),
      y: Axis(PerformanceComparison.scale(for: all), title: "", format: panel.format), name: panel.name)
    frame.draw(on: canvas) { area in
      for (index, value) in panel.values.enumerated() {
        let middle = Double(index) + 0.5
        let colour = index == 0 ? Colour.training : .validation
        if panel.isCompared {
          draw(value, panel.format, colour, from: middle - 0.42, to: middle, canvas, area)
          if panel.held[index].isFinite {
            draw(panel.held[index], panel.format, .market, from: middle, to: middle + 0.42, canvas, area)
          }
        } else {
          draw(value, panel.format, colour, from: middle - 0.28, to: middle + 0.28, canvas, area)
        }
      }
      area.horizontalLine(at: 0, Stroke(.ink, width: 1.5))
    }
  }

  /// A bar with its figure at its end.
  private func draw(
    _ value: Double, _ format: NumberFormat, _ colour: Colour, from left: Double, to right: Double,
    _ canvas: Canvas, _ area: PlotArea
  ) {
    if value.isFinite { area.bar(from: left, to: right, height: value, colour) }
    let style = value.isNaN ? TextStyle(24, .regular, .quiet) : TextStyle(24, .bold, .ink)
    // No wider than the bar, beside which another may stand.
    let room = (area.point(right, 0).x - area.point(left, 0).x) * 0.98
    let text = canvas.fit(value.isNaN ? "none" : format.text(value), style, width: room, smallest: 0.6)
    let end = area.point((left + right) / 2, value.isFinite ? value : 0)
    let baseline = value < 0 ? end.y + 12 + text.style.capHeight : end.y - 12
    canvas.write(text.lines[0], at: Point(x: end.x, y: baseline), text.style, align: .middle)
  }

  /// From zero to the bars' ends, and room for the figures at these.
  private static func scale(for values: [Double]) -> Scale {
    let finite = values.filter(\.isFinite)
    let lowest = min(0, finite.min() ?? 0)
    let highest = max(0, finite.max() ?? 0)
    guard lowest < highest else { return Scale(covering: [0, 1]) }
    // Halved first: the distance between two huge values may overflow.
    let room = 0.12 * max((highest / 2 - lowest / 2) * 2, .leastNormalMagnitude)
    let needsRoomAbove = highest > 0 || finite.count < values.count
    return Scale(covering: [lowest < 0 ? lowest - room : 0, needsRoomAbove ? highest + room : 0])
  }
}
