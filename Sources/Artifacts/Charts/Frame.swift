/// A pair of axes with their grid, and the room between them for data.
///
/// The margins are what the labels measure, so no text leaves `box`.
struct Frame: Sendable {
  let box: Box
  let x: Axis
  let y: Axis
  /// A name above the frame, for one of several.
  let name: String
  /// Vertical lines with labels, which stand in a strip of their own above the data.
  let references: [ReferenceLine]

  init(in box: Box, x: Axis, y: Axis, name: String = "", references: [ReferenceLine] = []) {
    self.box = box
    self.x = x
    self.y = y
    self.name = name
    self.references = references
  }

  private static let tickGap = 10.0
  /// More than `tickGap`, to keep the lowest label beside the axis off the first one below it.
  private static let tickDrop = 15.0
  private static let titleGap = 12.0

  /// Draws grid, ticks and titles, then what `body` draws on the area between the axes, clipped to it, then the
  /// reference lines.
  func draw(on canvas: Canvas, _ body: (PlotArea) -> Void) {
    let titleRoom = TextStyle.label.size + Frame.titleGap
    let bottom = Frame.tickDrop + TextStyle.tick.size + (x.title.isEmpty ? 0 : titleRoom) + 4
    let top =
      (name.isEmpty ? 6 : TextStyle.label.lineHeight + 14) + (references.isEmpty ? 0 : ReferenceLine.strip)
    let limit = min(8, max(2, Int((box.height - top - bottom) / 64)))
    let yTicks = y.ticks(limit: limit)
    let widest = yTicks.map { canvas.measure(y.text($0), .tick) }.max() ?? 0
    let left = (y.title.isEmpty ? 0 : titleRoom) + widest + Frame.tickGap
    let plot = box.inset(left: left, top: top, right: 14, bottom: bottom)
    let area = PlotArea(canvas: canvas, box: plot, x: x.scale, y: y.scale)
    let xTicks = fittingTicks(area)

    drawGrid(area, xTicks: xTicks.map(\.tick), yTicks: yTicks)
    canvas.clipped(to: plot.inset(left: -1, top: -1, right: -1, bottom: -1)) { body(area) }
    drawLabels(area, xTicks: xTicks, yTicks: yTicks)
    ReferenceLine.draw(references, on: area)
  }

  /// A frame without axes that says why there is no data in it.
  static func drawNothing(_ reason: String, on canvas: Canvas, in box: Box) {
    canvas.fill(box, Colour(0xF6F6F6))
    let text = canvas.fit(
      "Nothing to show: " + reason, TextStyle(26, .regular, .quiet), width: box.width - 80, lineLimit: 2)
    for (index, line) in text.lines.enumerated() {
      let baseline =
        box.center.y + (Double(index) + 0.5 - Double(text.lines.count) / 2) * text.style.lineHeight
      canvas.write(
        line, at: Point(x: box.center.x, y: baseline + text.style.capHeight / 2), text.style, align: .middle)
    }
  }

  private struct PlacedTick {
    let tick: Tick
    let text: String
    let left: Double
  }

  /// As many ticks of the horizontal axis as have room for their labels, each label moved inwards at the box's ends.
  private func fittingTicks(_ area: PlotArea) -> [PlacedTick] {
    let canvas = area.canvas
    for limit in stride(from: max(2, Int(area.box.width / 110)), to: 0, by: -1) {
      let placed = x.ticks(limit: limit).map { tick in
        let text = x.text(tick)
        let width = canvas.measure(text, .tick)
        let left = area.point(tick.value, y.scale.lower).x - width / 2
        return PlacedTick(tick: tick, text: text, left: max(box.minX, min(left, box.maxX - width)))
      }
      let isSpacious = zip(placed, placed.dropFirst()).allSatisfy { tick, next in
        tick.left + canvas.measure(tick.text, .tick) + 26 <= next.left
      }
      if isSpacious { return placed }
    }
    return []
  }

  private func drawGrid(_ area: PlotArea, xTicks: [Tick], yTicks: [Tick]) {
    let plot = area.box
    let stroke = Stroke(.grid, width: 1)
    if x.categories.isEmpty {
      for tick in xTicks {
        let column = area.point(tick.value, y.scale.lower).x.rounded() + 0.5
        area.canvas.draw([Point(x: column, y: plot.minY), Point(x: column, y: plot.maxY)], stroke)
      }
    }
    for tick in yTicks {
      let row = area.point(x.scale.lower, tick.value).y.rounded() + 0.5
      area.canvas.draw([Point(x: plot.minX, y: row), Point(x: plot.maxX, y: row)], stroke)
    }
  }

  private func drawLabels(_ area: PlotArea, xTicks: [PlacedTick], yTicks: [Tick]) {
    let plot = area.box
    let canvas = area.canvas
    let spine = Stroke(.axis, width: 1.5)
    canvas.draw(
      [
        Point(x: plot.minX, y: plot.minY), Point(x: plot.minX, y: plot.maxY),
        Point(x: plot.maxX, y: plot.maxY),
      ], spine)
    let baseline = plot.maxY + Frame.tickDrop + TextStyle.tick.capHeight
    for placed in xTicks {
      canvas.write(placed.text, at: Point(x: placed.left, y: baseline), .tick)
      if x.categories.isEmpty {
        let column = area.point(placed.tick.value, y.scale.lower).x
        canvas.draw([Point(x: column, y: plot.maxY), Point(x: column, y: plot.maxY + 6)], spine)
      }
    }
    for tick in yTicks {
      let row = area.point(x.scale.lower, tick.value).y
      canvas.write(
        y.text(tick), at: Point(x: plot.minX - Frame.tickGap, y: row + TextStyle.tick.capHeight / 2), .tick,
        align: .end)
    }
    if !x.title.isEmpty {
      let text = canvas.fit(x.title, .label, width: plot.width)
      canvas.write(text.lines[0], at: Point(x: plot.center.x, y: box.maxY - 5), text.style, align: .middle)
    }
    if !y.title.isEmpty {
      let text = canvas.fit(y.title, .label, width: plot.height)
      canvas.write(
        text.lines[0], at: Point(x: box.minX + TextStyle.label.size - 3, y: plot.center.y), text.style,
        align: .middle, upwards: true)
    }
    if !name.isEmpty {
      let text = canvas.fit(name, TextStyle(24, .bold), width: box.width)
      canvas.write(text.lines[0], at: Point(x: plot.minX, y: box.minY + 24), text.style)
    }
  }
}
