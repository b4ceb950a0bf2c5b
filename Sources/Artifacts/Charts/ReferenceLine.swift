/// A vertical line through the data at a value that matters, with its label above the data.
struct ReferenceLine: Sendable {
  let value: Double
  let text: String
  let stroke: Stroke

  /// The height of the labels and their leaders above the plot.
  static let strip = 48.0
  private static let leader = 18.0
  private static let gap = 30.0
  private static let style = TextStyle(22, .bold)

  /// Draws the lines on `area` and their labels above it, side by side, each joined to its line.
  ///
  /// Labels that would cover one another move apart; when all together are too long, each shrinks to its share.
  static func draw(_ lines: [ReferenceLine], on area: PlotArea) {
    let canvas = area.canvas
    let lines = lines.filter { area.x.contains($0.value) }
    guard !lines.isEmpty else { return }
    let share = (area.box.width - gap * Double(lines.count - 1)) / Double(lines.count)
    let natural = lines.map { canvas.measure($0.text, style) }
    let areTooLong = natural.reduce(gap * Double(lines.count - 1), +) > area.box.width
    let texts = lines.map {
      canvas.fit($0.text, style, width: areTooLong ? share : area.box.width, smallest: 0.7)
    }
    let widths = texts.map { canvas.measure($0.lines[0], $0.style) }
    let columns = lines.map { area.point($0.value, area.y.lower).x }
    let starts = LabelPlacement.starts(
      centers: columns, widths: widths, in: area.box.minX...area.box.maxX, gap: gap)

    for (index, line) in lines.enumerated() {
      let column = columns[index]
      let text = texts[index]
      let top = area.box.minY
      let anchor = min(max(column, starts[index]), starts[index] + widths[index])
      // A leader in one colour and full, whatever the dashes of its line: a slanted dash reads badly.
      canvas.draw(
        [Point(x: anchor, y: top - leader), Point(x: column, y: top)], Stroke(line.stroke.colour, width: 1.5))
      canvas.draw([Point(x: column, y: top), Point(x: column, y: area.box.maxY)], line.stroke)
      canvas.write(
        text.lines[0], at: Point(x: starts[index], y: top - leader - 7),
        TextStyle(text.style.size, .bold, line.stroke.colour))
    }
  }
}
