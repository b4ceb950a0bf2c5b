/// Measurements that take turns.
enum Rounds {
  /// What was found of all `items`, each measured once a round before any is measured again: a disturbance spoils one
  /// repeat of many rather than all of one, and what is compared is measured one right after the other.
  static func interleave<Item, Found>(
    _ items: [Item], rounds: Int, _ measure: (Item) -> Found
  ) -> [(item: Item, found: [Found])] {
    var all = items.map { _ in [Found]() }
    for _ in 0..<rounds {
      for (index, item) in items.enumerated() { all[index].append(measure(item)) }
    }
    return zip(items, all).map { ($0, $1) }
  }
}
