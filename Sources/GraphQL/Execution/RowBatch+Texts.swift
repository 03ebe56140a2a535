extension RowBatch {
    /// Rows from texts: totals, constants, introspection. Every row must have as many texts as the first.
    public convenience init(texts: [[String?]]) {
        let columns = texts.first?.count ?? 0
        let storage = TextStorage(texts.lazy.flatMap { $0.prefix(columns) })
        self.init(rowCount: texts.count, columnCount: columns, owner: storage)
        for (index, cell) in storage.cells.enumerated() where index < texts.count * columns { cells[index] = cell }
    }
}

/// Owns the bytes of texts that cells point to.
private final class TextStorage {
    private let bytes: UnsafeMutablePointer<UInt8>
    private(set) var cells: [Cell] = []

    init(_ texts: some Sequence<String?>) {
        let texts = Array(texts)
        bytes = .allocate(capacity: max(1, texts.reduce(0) { $0 + ($1?.utf8.count ?? 0) }))
        var end = 0
        for text in texts {
            guard let text else {
                cells.append(.null)
                continue
            }
            let start = end
            for byte in text.utf8 {
                bytes[end] = byte
                end += 1
            }
            cells.append(Cell(start: bytes + start, count: end - start))
        }
    }

    deinit { bytes.deallocate() }
}
