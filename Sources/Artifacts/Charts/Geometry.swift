/// A place on a canvas, in pixels from its upper left corner.
struct Point: Equatable, Sendable {
  let x: Double
  let y: Double
}

/// An upright rectangle on a canvas, in pixels.
struct Box: Equatable, Sendable {
  let minX: Double
  let minY: Double
  let maxX: Double
  let maxY: Double

  var width: Double { maxX - minX }
  var height: Double { maxY - minY }
  var center: Point { Point(x: (minX + maxX) / 2, y: (minY + maxY) / 2) }

  /// The box that is smaller (or, where negative, larger) by the given distances.
  func inset(left: Double = 0, top: Double = 0, right: Double = 0, bottom: Double = 0) -> Box {
    Box(minX: minX + left, minY: minY + top, maxX: maxX - right, maxY: maxY - bottom)
  }

  /// `count` boxes of equal width side by side, `gap` apart.
  func columns(_ count: Int, gap: Double) -> [Box] {
    let each = (width - gap * Double(count - 1)) / Double(count)
    return (0..<count).map { column in
      let left = minX + Double(column) * (each + gap)
      return Box(minX: left, minY: minY, maxX: left + each, maxY: maxY)
    }
  }
}
