-- What organizations repeat of other tables, for lists to sort by: the last touchpoint, and what contracts and renewals add up to.

-- The newest event of each organization that counts as a touch and is not in the future; else that it was created.
CREATE PROCEDURE organization_touchpoint_refresh(p_tenant integer, p_organizations uuid[]) LANGUAGE sql AS $$
  UPDATE organization o SET last_touchpoint_at = newest.occurred_at, last_touchpoint_id = newest.id, last_touchpoint_type = newest.type
  FROM (
    SELECT given.id AS organization_id, touch.occurred_at, touch.id, touch.type
    FROM unnest(p_organizations) given (id) LEFT JOIN LATERAL (
      SELECT event.occurred_at, event.timeline_event_id AS id, CASE event.kind
          WHEN 'ISSUE' THEN (SELECT CASE WHEN e.updated_at = e.created_at THEN 'ISSUE_CREATED' ELSE 'ISSUE_UPDATED' END FROM timeline_event e
            WHERE e.tenant_id = p_tenant AND e.id = event.timeline_event_id)
          WHEN 'INTERACTION_EVENT' THEN CASE
            WHEN event.channel = 'VOICE' THEN 'INTERACTION_EVENT_PHONE_CALL'
            WHEN event.channel = 'CHAT' THEN 'INTERACTION_EVENT_CHAT'
            WHEN event.event_type = 'meeting' THEN 'MEETING'
            WHEN EXISTS (SELECT FROM timeline_event_participant p WHERE p.tenant_id = p_tenant AND p.timeline_event_id = event.timeline_event_id
              AND p.role = 'SENT_BY' AND (p.user_id IS NOT NULL OR EXISTS (
                SELECT FROM user_email u WHERE u.tenant_id = p_tenant AND u.email_id = p.email_id))) THEN 'INTERACTION_EVENT_EMAIL_SENT'
            ELSE 'INTERACTION_EVENT_EMAIL_RECEIVED' END
          WHEN 'ACTION' THEN 'ACTION_CREATED'
          ELSE event.kind END AS type
      FROM (
        SELECT candidate.*, false AS is_creation
        FROM (VALUES ('INTERACTION_SESSION'), ('ISSUE'), ('INTERACTION_EVENT'), ('MEETING'), ('LOG_ENTRY')) touching (kind)
        CROSS JOIN LATERAL (
          SELECT t.timeline_event_id, t.occurred_at, t.kind, e.channel, e.event_type
          FROM organization_timeline t LEFT JOIN interaction_event e ON e.tenant_id = t.tenant_id AND e.id = t.timeline_event_id
          WHERE t.tenant_id = p_tenant AND t.organization_id = given.id AND t.kind = touching.kind AND t.occurred_at <= now()
            AND e.content_type IS DISTINCT FROM 'x-openline-transcript-element'
          ORDER BY t.occurred_at DESC, t.timeline_event_id DESC LIMIT 1) candidate
        UNION ALL
        SELECT e.id, e.occurred_at, e.kind, NULL, NULL, true FROM action a JOIN timeline_event e ON e.tenant_id = a.tenant_id AND e.id = a.id
        WHERE a.tenant_id = p_tenant AND a.organization_id = given.id AND a.type = 'CREATED') event
      ORDER BY event.is_creation, event.occurred_at DESC, event.timeline_event_id DESC LIMIT 1) touch ON true) newest
  WHERE o.tenant_id = p_tenant AND o.id = newest.organization_id
    AND (o.last_touchpoint_id, o.last_touchpoint_at, o.last_touchpoint_type) IS DISTINCT FROM (newest.id, newest.occurred_at, newest.type);
$$;

-- Renews the timelines and touchpoints of organizations, which the caller has locked.
CREATE PROCEDURE organization_events_refresh(p_tenant integer, p_organizations uuid[]) LANGUAGE plpgsql AS $$
DECLARE one uuid;
BEGIN
  FOR one IN SELECT DISTINCT unnest(p_organizations) ORDER BY 1 LOOP
    CALL timeline_refresh_organization(p_tenant, one);
  END LOOP;
  CALL organization_touchpoint_refresh(p_tenant, p_organizations);
END $$;

-- What the contracts of organizations come to: the forecast and the next date of their renewals, the lifetime value and, once every
-- contract has ended, when the last one did. Values in several currencies are added up in the base currency of the tenant; a currency
-- without a known rate counts as the base currency.
CREATE PROCEDURE renewal_refresh(p_tenant integer, p_organizations uuid[]) LANGUAGE sql AS $$
  UPDATE organization o SET renewal_arr = coalesce(renewal.arr, 0), renewal_max_arr = coalesce(renewal.max_arr, 0),
    next_renewal_at = renewal.next_at,
    renewal_likelihood = CASE renewal.likelihood WHEN 10 THEN 'ZERO' WHEN 20 THEN 'LOW' WHEN 30 THEN 'MEDIUM' WHEN 40 THEN 'HIGH' END,
    churned_at = contracts.churned_at, lifetime_value = trunc(coalesce(contracts.lifetime_value, 0), 2),
    lifetime_value_currency = contracts.currency
  FROM unnest(p_organizations) given (id)
  CROSS JOIN LATERAL (
    SELECT sum(r.amount) AS arr, sum(r.max_amount) AS max_arr, min(r.renewed_at) FILTER (WHERE r.renewed_at > now()) AS next_at,
      min(CASE r.renewal_likelihood WHEN 'HIGH' THEN 40 WHEN 'MEDIUM' THEN 30 WHEN 'LOW' THEN 20 WHEN 'ZERO' THEN 10 END) AS likelihood
    FROM contract c JOIN active_renewal r ON r.tenant_id = c.tenant_id AND r.contract_id = c.id
    WHERE c.tenant_id = p_tenant AND c.organization_id = given.id AND c.state = 'LIVE' AND c.status <> 'DRAFT') renewal
  CROSS JOIN LATERAL (
    SELECT CASE WHEN count(*) FILTER (WHERE c.status <> 'DRAFT') > 0 AND bool_and(c.status IN ('DRAFT', 'ENDED')) THEN
        max(c.ended_at) FILTER (WHERE c.status = 'ENDED') END AS churned_at,
      CASE WHEN count(DISTINCT c.currency) FILTER (WHERE c.lifetime_value <> 0) > 1
        THEN (SELECT s.base_currency FROM tenant_setting s WHERE s.tenant_id = p_tenant)
        ELSE (array_agg(c.currency ORDER BY c.created_at DESC, c.id DESC))[1] END AS currency,
      CASE WHEN count(DISTINCT c.currency) FILTER (WHERE c.lifetime_value <> 0) > 1 THEN sum(c.lifetime_value * coalesce(
        (SELECT base.rate FROM (
          SELECT 1 AS rate, 0 AS rank, NULL::date AS date FROM tenant_setting s WHERE s.tenant_id = p_tenant AND s.base_currency = 'USD'
          UNION ALL SELECT q.rate, 1, q.date FROM tenant_setting s JOIN currency_rate q ON q.currency = s.base_currency WHERE s.tenant_id = p_tenant
          ORDER BY rank, date DESC LIMIT 1) base)
        / (SELECT own.rate FROM (
          SELECT 1 AS rate, 0 AS rank, NULL::date AS date WHERE c.currency = 'USD'
          UNION ALL SELECT q.rate, 1, q.date FROM currency_rate q WHERE q.currency = c.currency
          ORDER BY rank, date DESC LIMIT 1) own), 1))
        ELSE sum(c.lifetime_value) END AS lifetime_value
    FROM contract c WHERE c.tenant_id = p_tenant AND c.organization_id = given.id AND c.state = 'LIVE') contracts
  WHERE o.tenant_id = p_tenant AND o.id = given.id;
$$;
