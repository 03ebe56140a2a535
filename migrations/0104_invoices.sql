-- compatible-from: 0.2.0
-- A contract has one preview of the server's, and as many as an import brings.
DROP INDEX invoice_one_preview;
CREATE INDEX invoice_preview ON invoice (tenant_id, contract_id, created_at) WHERE preview;

-- A cycle is billed once, however many servers bill it at the same time.
CREATE UNIQUE INDEX invoice_one_cycle ON invoice (tenant_id, contract_id, period_start) WHERE NOT dry_run AND NOT off_cycle AND status <> 'VOID';

-- The default order of pages.
DROP INDEX invoice_page;
CREATE INDEX invoice_page ON invoice (tenant_id, due_date DESC, created_at DESC, id DESC) WHERE status NOT IN ('INITIALIZED', 'EMPTY');

-- What may be overdue.
CREATE INDEX invoice_due ON invoice (tenant_id, due_date) WHERE status = 'DUE' AND NOT dry_run;

-- Previews have numbers too.
CREATE INDEX invoice_of_number ON invoice (tenant_id, number) WHERE number <> '';
