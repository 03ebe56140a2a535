-- Page views with what all kinds of events have in common.
CREATE OR REPLACE VIEW page_view_record AS
  SELECT d.tenant_id, d.id, d.contact_id, d.ended_at, d.page_title, d.page_url, d.application, d.session_id,
    d.order_in_session, d.engaged_time, e.state, e.source, e.app_source, e.created_at, e.updated_at, e.occurred_at
  FROM page_view d JOIN timeline_event e USING (tenant_id, id);
