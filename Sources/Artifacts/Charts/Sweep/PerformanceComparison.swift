/// The picture of one strategy's performance in training beside that in validation.
public struct PerformanceComparison: Sendable {
  /// What is compared. NaN is undefined and shown so.
  public struct Performance: Equatable, Sendable {
    /// Between 0 and 1.
    public let winRate: Double
    /// 0.5 is a gain of one half.
    public let totalReturn: Double
    /// Annualised.
    public let sharpeRatio: Double

    /// See the properties of the same names.
    public init(winRate: Double, totalReturn: Double, sharpeRatio: Double) {
      self.winRate = winRate
      self.totalReturn = totalReturn
      self.sharpeRatio = sharpeRatio
    }
  }

  /// The name of the strategy.
  public let strategy: String
  /// How it did on the bars it was selected by.
  public let training: Performance
  /// How it did on bars that played no part in the selection.
  public let validation: Performance
  /// The finding, or nil to have it worded from the numbers.
  public let title: String?

  /// See the properties of the same names.
  public init(strategy: String, training: Performance, validation: Performance, title: String? = nil) {
    self.strategy = strategy
    self.training = training
    self.validation = validation
    self.title = title
  }

  /// The picture as a PNG file of 1,600 × 900 pixels; the same values give the same bytes.
  ///
  /// - Throws: `ChartError` when the font or the memory for it is missing.
  public func png() throws(ChartError) -> [UInt8] {
    try Canvas.png(draw)
  }

  func draw(on canvas: Canvas) {
    let change = Wording.change(from: training.winRate, to: validation.winRate, .percent)
    let heading = Heading(
      title: title ?? "The winner’s win rate " + change,
      subtitle: "\(strategy): selected in training, tried on unseen bars in validation")
    let room = heading.draw(on: canvas).inset(top: 8)
    let panels: [(name: String, NumberFormat, [Double])] = [
      ("Win rate", .percent, [training.winRate, validation.winRate]),
      ("Total return", .percent, [training.totalReturn, validation.totalReturn]),
      ("Sharpe ratio, annualised", .plain, [training.sharpeRatio, validation.sharpeRatio]),
    ]
    for (panel, box) in zip(panels, room.columns(panels.count, gap: 44)) {
      draw(panel.2, panel.1, named: panel.name, on: canvas, in: box)
    }
  }

  private func draw(
    _ values: [Double], _ format: NumberFormat, named name: String, on canvas: Canvas, in box: Box
  ) {
    let frame = Frame(
      in: box, x: Axis(categories: ["training", "validation"]),
      y: Axis(PerformanceComparison.scale(for: values), title: "", format: format), name: name)
    frame.draw(on: canvas) { area in
      for (index, value) in values.enumerated() {
        let middle = Double(index) + 0.5
        if value.isFinite {
          let colour = index == 0 ? Colour.training : .validation
          area.bar(from: middle - 0.28, to: middle + 0.28, height: value, colour)
        }
        let style =
          value.isNaN ? TextStyle(24, .regular, .quiet) : TextStyle(26, .bold, .ink)
        let text = canvas.fit(format.text(value), style, width: area.box.width / 2 - 24)
        let end = area.point(middle, value.isFinite ? value : 0)
        let baseline = value < 0 ? end.y + 12 + text.style.capHeight : end.y - 12
        canvas.write(text.lines[0], at: Point(x: end.x, y: baseline), text.style, align: .middle)
      }
      area.horizontalLine(at: 0, Stroke(.ink, width: 1.5))
    }
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
