/// A scale with its title and the way to write its values.
struct Axis: Sendable {
  let scale: Scale
  let title: String
  let format: NumberFormat
  /// The names of places 0.5, 1.5, … on the scale, instead of numbers.
  let categories: [String]
  /// Whether only whole numbers are marked, as on an axis of counts.
  let isWhole: Bool

  init(_ scale: Scale, title: String, format: NumberFormat = .plain, isWhole: Bool = false) {
    self.scale = scale
    self.title = title
    self.format = format
    self.categories = []
    self.isWhole = isWhole
  }

  /// An axis with a place for each name, one apart.
  init(categories: [String]) {
    self.scale = Scale(covering: [0, Double(max(1, categories.count))])
    self.title = ""
    self.format = .plain
    self.categories = categories
    self.isWhole = true
  }

  /// Round values in range, at most `limit`; or all categories.
  func ticks(limit: Int) -> [Tick] {
    if categories.isEmpty && !isWhole { return scale.ticks(limit: limit) }
    if categories.isEmpty {
      return scale.ticks(limit: limit).compactMap {
        $0.value == $0.value.rounded() ? Tick(value: $0.value, step: max(1, $0.step)) : nil
      }
    }
    return categories.indices.map { Tick(value: Double($0) + 0.5, step: 1) }
  }

  func text(_ tick: Tick) -> String {
    if !categories.isEmpty { return categories[Int(tick.value)] }
    return scale.kind == .time ? TimeTicks.text(tick) : format.text(tick.value, step: tick.step)
  }
}
