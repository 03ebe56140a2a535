-- Texts that identify something are compared in Unicode's Normalization Form C, names of hosts by UTS 46. What becomes equal is joined by
-- the rules of the merges: the oldest row stays and takes the links of the others, and what was primary stays so. Each join is counted in
-- a notice. Older programs may run beside this: `fold` keeps its name and type, and the tables that they read stay until the next release.

-- MARK: The forms

-- RFC 3492. A label that is no code of anything stays as it is.
CREATE FUNCTION pg_temp.punycode_decode(label text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  code text := substr(label, 5);
  points integer[] := '{}';
  basic integer; position integer := 1; point bigint := 128; place bigint := 0; bias integer := 72;
  start bigint; weight bigint; step integer; digit integer; threshold integer; delta bigint; rounds integer;
BEGIN
  IF label NOT LIKE 'xn--%' THEN RETURN label; END IF;
  basic := length(code) - strpos(reverse(code), '-');
  IF strpos(code, '-') > 0 THEN
    FOR i IN 1..basic LOOP points := points || ascii(substr(code, i, 1)); END LOOP;
    position := basic + 2;
  END IF;
  WHILE position <= length(code) LOOP
    start := place; weight := 1; step := 36;
    LOOP
      digit := strpos('abcdefghijklmnopqrstuvwxyz0123456789', substr(code, position, 1)) - 1;
      IF position > length(code) OR digit < 0 THEN RETURN label; END IF;
      position := position + 1;
      place := place + digit * weight;
      threshold := least(greatest(step - bias, 1), 26);
      EXIT WHEN digit < threshold;
      weight := weight * (36 - threshold);
      step := step + 36;
      IF weight > 1000000000000 OR place > 1000000000000 THEN RETURN label; END IF;
    END LOOP;
    delta := (place - start) / CASE WHEN start = 0 THEN 700 ELSE 2 END;
    delta := delta + delta / (cardinality(points) + 1);
    rounds := 0;
    WHILE delta > 455 LOOP delta := delta / 35; rounds := rounds + 36; END LOOP;
    bias := rounds + 36 * delta / (delta + 38);
    point := point + place / (cardinality(points) + 1);
    place := place % (cardinality(points) + 1);
    IF point > 1114111 OR point BETWEEN 55296 AND 57343 THEN RETURN label; END IF;
    points := points[:place] || point::integer || points[place + 1:];
    place := place + 1;
  END LOOP;
  RETURN (SELECT string_agg(chr(p), '' ORDER BY n) FROM unnest(points) WITH ORDINALITY AS given (p, n));
END $$;

CREATE FUNCTION pg_temp.punycode_encode(label text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  points integer[] := ARRAY(SELECT ascii(c) FROM regexp_split_to_table(label, '') WITH ORDINALITY AS given (c, n) ORDER BY n);
  output text := regexp_replace(label, '[^[:ascii:]]', '', 'g');
  basic integer := length(output); handled integer := length(output);
  point bigint := 128; delta bigint := 0; bias integer := 72;
  least_point bigint; rest bigint; step integer; threshold integer; change bigint; rounds integer; p integer;
BEGIN
  IF octet_length(label) = length(label) THEN RETURN label; END IF;
  IF basic > 0 THEN output := output || '-'; END IF;
  WHILE handled < cardinality(points) LOOP
    SELECT min(given) INTO least_point FROM unnest(points) given WHERE given >= point;
    delta := delta + (least_point - point) * (handled + 1);
    point := least_point;
    FOREACH p IN ARRAY points LOOP
      IF p < point THEN delta := delta + 1; END IF;
      IF p = point THEN
        rest := delta; step := 36;
        LOOP
          threshold := least(greatest(step - bias, 1), 26);
          EXIT WHEN rest < threshold;
          output := output || substr('abcdefghijklmnopqrstuvwxyz0123456789', (threshold + (rest - threshold) % (36 - threshold))::integer + 1, 1);
          rest := (rest - threshold) / (36 - threshold);
          step := step + 36;
        END LOOP;
        output := output || substr('abcdefghijklmnopqrstuvwxyz0123456789', rest::integer + 1, 1);
        change := delta / CASE WHEN handled = basic THEN 700 ELSE 2 END;
        change := change + change / (handled + 1);
        rounds := 0;
        WHILE change > 455 LOOP change := change / 35; rounds := rounds + 36; END LOOP;
        bias := rounds + 36 * change / (change + 38);
        delta := 0;
        handled := handled + 1;
      END IF;
    END LOOP;
    delta := delta + 1;
    point := point + 1;
  END LOOP;
  RETURN 'xn--' || output;
END $$;

-- The name of a host in Unicode, as UTS 46 maps it: NFKC and lower case, without what cannot be seen.
CREATE FUNCTION pg_temp.host(name text) RETURNS text LANGUAGE sql AS $$
  SELECT string_agg(normalize(lower(normalize(regexp_replace(pg_temp.punycode_decode(lower(label COLLATE "und-x-icu")),
    U&'[\00AD\034F\180B-\180D\200B\2060\2064\FE00-\FE0F\FEFF]', '', 'g'), NFKC) COLLATE "und-x-icu")), '.' ORDER BY place)
  FROM regexp_split_to_table(translate(name, U&'\3002\FF0E\FF61', '...'), '[.]') WITH ORDINALITY AS given (label, place)
$$;

CREATE FUNCTION pg_temp.ascii_host(name text) RETURNS text LANGUAGE sql AS $$
  SELECT string_agg(pg_temp.punycode_encode(label), '.' ORDER BY place)
  FROM regexp_split_to_table(pg_temp.host(name), '[.]') WITH ORDINALITY AS given (label, place)
$$;

-- An address as a mail program would send to it; what is no single address stays as it is.
CREATE FUNCTION pg_temp.address(given text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  address text := regexp_replace(normalize(given), '^\s+|\s+$', '', 'g');
BEGIN
  IF length(address) - length(replace(address, '@', '')) <> 1 THEN RETURN address; END IF;
  address := coalesce(substring(address FROM '<\s*([^<>[:space:]]+)\s*>\s*$'), address);
  address := regexp_replace(address, '^mailto:([^?]*).*$', '\1', 'i');
  address := regexp_replace(address, '[.,;[:space:]]+$', '');
  IF address !~ '^[^[:space:]@<>(),;:]+@[^[:space:]@<>(),;:]+$' THEN RETURN normalize(given); END IF;
  RETURN split_part(address, '@', 1) || '@' || pg_temp.host(split_part(address, '@', 2));
END $$;

-- Lower case by the rules of Unicode, then Normalization Form C: the order makes one step of the two that Unicode's definition of
-- canonical caseless matching has, since lower case keeps equivalent texts equivalent. Texts of ASCII, most of them, need neither.
CREATE FUNCTION pg_temp.folded(value text) RETURNS text LANGUAGE sql AS $$ SELECT replace(normalize(lower(value COLLATE "und-x-icu")) COLLATE "C", 'ς', 'σ') $$;

-- MARK: E-mail addresses

CREATE TEMPORARY TABLE address ON COMMIT DROP AS
SELECT tenant_id, id, created_at, pg_temp.address(raw_email) AS raw_email,
  CASE WHEN email = '' THEN '' ELSE pg_temp.folded(pg_temp.address(email)) END AS email,
  pg_temp.folded(pg_temp.address(raw_email)) AS key
FROM email WHERE raw_email || email ~ '[^[:ascii:]]|xn--|[<>,;:[:space:]]|[.]$';
-- What others have already in the form that one of these gets.
INSERT INTO address SELECT e.tenant_id, e.id, e.created_at, e.raw_email, e.email, a.key FROM (SELECT DISTINCT tenant_id, key FROM address) a
JOIN email e ON e.tenant_id = a.tenant_id AND fold(e.raw_email) = a.key WHERE NOT EXISTS (SELECT FROM address o WHERE o.tenant_id = e.tenant_id AND o.id = e.id);

CREATE TEMPORARY TABLE joined_email ON COMMIT DROP AS
SELECT tenant_id, id, kept_id FROM (SELECT tenant_id, id, first_value(id) OVER (PARTITION BY tenant_id, key ORDER BY created_at, id) AS kept_id FROM address) ranked
WHERE id <> kept_id;

DO $$
DECLARE
  link text; owner text;
BEGIN
  FOREACH link IN ARRAY ARRAY['contact_email', 'organization_email', 'user_email'] LOOP
    owner := replace(link, 'email', 'id');
    -- The primary one comes last, so that there are never two.
    EXECUTE format(
      'CREATE TEMPORARY TABLE moved ON COMMIT DROP AS WITH gone AS (DELETE FROM %1$I l USING joined_email j WHERE l.tenant_id = j.tenant_id AND l.email_id = j.id '
      'RETURNING l.*, j.kept_id) SELECT tenant_id, %2$I AS owner_id, kept_id, bool_or(is_primary) AS is_primary, min(label) AS label, '
      'min(created_at) AS created_at FROM gone GROUP BY tenant_id, %2$I, kept_id', link, owner);
    EXECUTE format(
      'INSERT INTO %1$I (tenant_id, %2$I, email_id, is_primary, label, created_at) SELECT tenant_id, owner_id, kept_id, is_primary, label, created_at '
      'FROM moved ON CONFLICT (tenant_id, %2$I, email_id) DO UPDATE SET is_primary = %1$I.is_primary OR excluded.is_primary, '
      'label = coalesce(%1$I.label, excluded.label)', link, owner);
    DROP TABLE moved;
  END LOOP;
END $$;

INSERT INTO billing_profile_email SELECT (jsonb_populate_record(b, jsonb_build_object('email_id', j.kept_id))).* FROM billing_profile_email b
JOIN joined_email j ON j.tenant_id = b.tenant_id AND j.id = b.email_id ON CONFLICT DO NOTHING;
INSERT INTO email_validation SELECT DISTINCT ON (v.tenant_id, j.kept_id) (jsonb_populate_record(v, jsonb_build_object('email_id', j.kept_id))).*
FROM email_validation v JOIN joined_email j ON j.tenant_id = v.tenant_id AND j.id = v.email_id ORDER BY v.tenant_id, j.kept_id, v.validated_at DESC ON CONFLICT DO NOTHING;
INSERT INTO timeline_event_participant (tenant_id, timeline_event_id, role, email_id, type, position)
SELECT p.tenant_id, p.timeline_event_id, p.role, j.kept_id, min(p.type), min(p.position) FROM timeline_event_participant p
JOIN joined_email j ON j.tenant_id = p.tenant_id AND j.id = p.email_id GROUP BY 1, 2, 3, 4 ON CONFLICT DO NOTHING;
DELETE FROM email e USING joined_email j WHERE e.tenant_id = j.tenant_id AND e.id = j.id;
UPDATE email e SET raw_email = a.raw_email, email = a.email, updated_at = now() FROM address a
WHERE e.tenant_id = a.tenant_id AND e.id = a.id AND (e.raw_email, e.email) IS DISTINCT FROM (a.raw_email, a.email);

-- MARK: Tags

CREATE TEMPORARY TABLE joined_tag ON COMMIT DROP AS
SELECT tenant_id, id, kept_id FROM (SELECT tenant_id, id, first_value(id) OVER (PARTITION BY tenant_id, normalize(name) ORDER BY created_at, id) AS kept_id FROM tag) ranked
WHERE id <> kept_id;

DO $$
DECLARE
  link text; owner text;
BEGIN
  FOREACH link IN ARRAY ARRAY['contact_tag', 'organization_tag', 'opportunity_tag', 'contract_tag', 'timeline_event_tag'] LOOP
    owner := replace(link, 'tag', 'id');
    EXECUTE format(
      'INSERT INTO %1$I (tenant_id, %2$I, tag_id, tagged_at) SELECT l.tenant_id, l.%2$I, j.kept_id, min(l.tagged_at) FROM %1$I l '
      'JOIN joined_tag j ON j.tenant_id = l.tenant_id AND j.id = l.tag_id GROUP BY 1, 2, 3 ON CONFLICT DO NOTHING', link, owner);
  END LOOP;
END $$;
DELETE FROM tag t USING joined_tag j WHERE t.tenant_id = j.tenant_id AND t.id = j.id;
UPDATE tag SET name = normalize(name), updated_at = now() WHERE name IS NOT NORMALIZED;

-- MARK: Domains

-- Of two organizations whose domains are one, the older keeps it: two companies are not made one here, which only a person can decide.
CREATE TEMPORARY TABLE spelling ON COMMIT DROP AS
SELECT d.tenant_id, d.domain, pg_temp.ascii_host(d.domain) AS name, o.created_at, o.id FROM organization_domain d
JOIN organization o ON o.tenant_id = d.tenant_id AND o.id = d.organization_id WHERE d.domain LIKE '%xn--%' OR d.domain ~ '[^a-z0-9._-]';
INSERT INTO spelling SELECT d.tenant_id, d.domain, d.domain, o.created_at, o.id FROM (SELECT DISTINCT tenant_id, name FROM spelling) s
JOIN organization_domain d ON d.tenant_id = s.tenant_id AND d.domain = s.name
JOIN organization o ON o.tenant_id = d.tenant_id AND o.id = d.organization_id
WHERE NOT EXISTS (SELECT FROM spelling k WHERE k.tenant_id = d.tenant_id AND k.domain = d.domain);
CREATE TEMPORARY TABLE joined_domain ON COMMIT DROP AS
SELECT tenant_id, domain FROM (SELECT tenant_id, domain, row_number() OVER (PARTITION BY tenant_id, name ORDER BY created_at, id, domain) AS rank FROM spelling) ranked
WHERE rank > 1;
DELETE FROM organization_domain d USING joined_domain j WHERE d.tenant_id = j.tenant_id AND d.domain = j.domain;
UPDATE organization_domain d SET domain = s.name FROM spelling s WHERE d.tenant_id = s.tenant_id AND d.domain = s.domain AND d.domain <> s.name;

-- MARK: Profiles

UPDATE social SET url_key = normalize(url_key), updated_at = now() WHERE url_key IS NOT NORMALIZED;
-- The same profiles as seen in a message of LinkedIn's, on a telephone, by a salesperson.
UPDATE social SET alias = parts[3], updated_at = now(),
  url_key = 'linkedin.com/' || CASE lower(parts[2]) WHEN 'in' THEN 'in' WHEN 'pub' THEN 'in' ELSE 'company' END || '/' || pg_temp.folded(parts[3])
FROM (SELECT tenant_id, id, regexp_match(url, '^https?://(?:[a-z0-9-]+[.])*linkedin[.]com/(comm|mwlite)/(in|pub|company|school|showcase)/([^/?#]+)', 'i') AS parts
  FROM social WHERE url_key LIKE 'linkedin.com/comm/%' OR url_key LIKE 'linkedin.com/mwlite/%') given
WHERE parts IS NOT NULL AND social.tenant_id = given.tenant_id AND social.id = given.id;

-- MARK: The comparison itself

CREATE OR REPLACE FUNCTION fold(value text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  folded text COLLATE "C";
BEGIN
  IF octet_length(value) = length(value) THEN RETURN lower(value COLLATE "C"); END IF;
  -- A sigma at the end of a word is one like the others: what is a word's end, libraries see differently.
  folded := replace(lower(value COLLATE "und-x-icu") COLLATE "C", 'ς', 'σ');
  IF folded IS NORMALIZED THEN RETURN folded; END IF;
  RETURN normalize(folded);
END $$;

DO $$
DECLARE
  index regclass;
BEGIN
  FOR index IN SELECT DISTINCT d.objid::regclass FROM pg_depend d JOIN pg_class c ON c.oid = d.objid AND c.relkind = 'i'
    WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_proc'::regclass AND d.refobjid = 'fold(text)'::regprocedure
  LOOP
    EXECUTE format('REINDEX INDEX %s', index);
  END LOOP;
END $$;

DELETE FROM workspace_access a USING workspace_access o
WHERE a.tenant_id = o.tenant_id AND fold(a.user_email) = fold(o.user_email) AND a.user_email > o.user_email;
UPDATE workspace_access SET user_email = fold(user_email) WHERE user_email <> fold(user_email);

-- What was said through a joined address is on the timelines of all who have it now.
DO $$
DECLARE
  tenant integer; emails uuid[]; contacts uuid[]; organizations uuid[];
BEGIN
  FOR tenant, emails IN SELECT tenant_id, array_agg(DISTINCT kept_id) FROM joined_email GROUP BY tenant_id LOOP
    contacts := ARRAY(SELECT DISTINCT contact_id FROM contact_email WHERE tenant_id = tenant AND email_id = ANY (emails));
    organizations := ARRAY(SELECT DISTINCT organization_id FROM organization_email WHERE tenant_id = tenant AND email_id = ANY (emails));
    CALL timeline_refresh_addresses(tenant, contacts, organizations, emails, '{}');
  END LOOP;
  RAISE NOTICE 'normal forms: % e-mail addresses, % tags and % domains joined with equal ones', (SELECT count(*) FROM joined_email),
    (SELECT count(*) FROM joined_tag), (SELECT count(*) FROM joined_domain);
END $$;

-- MARK: Hosts that many share

-- What of a host says nothing about who someone is: what lies below it, the places within it, or all of it. The operator's list:
-- `customeros-api hosts` shows and changes it.
CREATE TABLE shared_host (
  host text COLLATE "C" NOT NULL CHECK (length(host) <= 253 AND host ~ '^[a-z0-9_-]+([.][a-z0-9_-]+)+$'),
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('SUBDOMAINS', 'PATHS', 'ALL')),
  -- As the program asks for it.
  pattern text COLLATE "C" NOT NULL UNIQUE
    GENERATED ALWAYS AS (CASE kind WHEN 'SUBDOMAINS' THEN '*.' || host WHEN 'PATHS' THEN host || '/*' ELSE host END) STORED,
  PRIMARY KEY (host, kind));

INSERT INTO shared_host (host, kind) SELECT host, 'SUBDOMAINS' FROM regexp_split_to_table('
    000webhostapp.com acuityscheduling.com alibaba.com altervista.org amazonaws.com amplifyapp.com angelfire.com applytojob.com
    appspot.com as.me atlassian.net azurestaticapps.net azurewebsites.net b4a.app backblazeb2.com bamboohr.com bandcamp.com beehiiv.com
    bigcartel.com blogger.com blogspot.com booking-channel.com bookingkit.net booksy.com bravesites.com breezy.hr bubbleapps.io
    builderallwppro.com business.site canalblog.com canva.site carrd.co circle.so ck.page clickfunnels.com clickup.com cloudapp.net
    cloudfront.net company.site deskpro.com digitaloceanspaces.com discourse.group doodlekit.com dudaone.com durable.co dynamics.com
    e-monsite.com editorx.io elasticbeanstalk.com en.made-in-china.com etsy.com fandom.com firebaseapp.com fly.dev force.com framer.ai
    framer.app framer.website fresha.com freshdesk.com freshsales.io freshservice.com genbook.com geocities.com ghost.io gitbook.io
    github.io gitlab.io glide.page glitch.me godaddysites.com gumroad.com happyfox.com hatenablog.com helpscoutdocs.com herokuapp.com
    homestead.com hpage.com hs-sites.com hubspot.com hubspotpagebuilder.com indiamart.com instapage.com intercom-mail.com jimdo.com
    jimdofree.com jimdosite.com jimdoweb.com kajabi.com kayako.com kinsta.cloud leadpages.co libsyn.com livejournal.com lovable.app
    lpages.co made-in-china.com mailchimpsites.com mailerpage.com mailerpage.io medium.com mindbodyonline.com mn.co monday.com mozello.com
    multiscreensite.com my-online.store my.canva.site my.salesforce.com my.site.com mybigcommerce.com myfreshworks.com myftpupload.com
    mykajabi.com myshopify.com mystrikingly.com myworkdayjobs.com netlify.app netlify.com ngrok-free.app ngrok.io ning.com notion.site
    now.sh ondigitalocean.app onrender.com over-blog.com pagedemo.co pages.dev pantheonsite.io personio.com personio.de pipedrive.com
    podbean.com podia.com readme.io readthedocs.io recruitee.com repl.co replit.app run.app secureserver.net setmore.com sharepoint.com
    shopify.com simplecast.com simplesite.com simplybook.me site123.me sitew.com slack.com softr.app square.site squarespace.com
    squareup.com statuspage.io storenvy.com streamlit.app strikingly.com substack.com surge.sh systeme.io teachable.com teamtailor.com
    thinkific.com tilda.ws transistor.fm tripod.com trycloudflare.com tumblr.com typeform.com typepad.com ucoz.com ueniweb.com
    unbouncepages.com uservoice.com vercel.app web.app webador.com webflow.io webnode.com webnode.page webs.com weebly.com weebly.net
    weeblysite.com wixsite.com wixstudio.com wixstudio.io wordpress.com workable.com workers.dev wpengine.com wpenginepowered.com yola.com
    yolasite.com youcanbook.me zendesk.com zoho.site zohosites.com', '\s+') host WHERE host <> '';

INSERT INTO shared_host (host, kind) SELECT host, 'PATHS' FROM regexp_split_to_table('
    1drv.ms about.me academia.edu addons.mozilla.org airbnb.com airtable.com alibaba.com aliexpress.com allmylinks.com amazon.ca
    amazon.co.jp amazon.co.uk amazon.com amazon.com.au amazon.com.br amazon.com.mx amazon.de amazon.es amazon.fr amazon.in amazon.it
    amazon.nl amazon.pl amazon.se anchor.fm angel.co angi.com apartments.com apollo.io appexchange.salesforce.com apply.workable.com
    apps.apple.com apps.microsoft.com apps.shopify.com appsource.microsoft.com archive.org autoscout24.de autotrader.com avvo.com
    bandcamp.com bbb.org beacons.ai behance.net bing.com bio.link bio.site bitbucket.org blogger.com bloomberg.com boards.greenhouse.io
    booking.com books.apple.com booksy.com bookwhen.com bsky.app builtin.com business.facebook.com buymeacoffee.com buzzsprout.com cal.com
    calendly.com campsite.bio canva.com capterra.com careers.smartrecruiters.com cars.com chrome.google.com chromewebstore.google.com
    classpass.com clutch.co coda.io companieshouse.gov.uk coursera.org craigslist.org crunchbase.com dasoertliche.de deliveroo.co.uk
    depop.com designrush.com discord.com dnb.com docs.google.com doctolib.de doctolib.fr doordash.com dribbble.com drive.google.com
    ebay-kleinanzeigen.de ebay.ca ebay.co.uk ebay.com ebay.com.au ebay.de ebay.es ebay.fr ebay.it etsy.com eventbrite.co.uk eventbrite.com
    eventbrite.de facebook.com faire.com fandom.com fb.com figma.com find-and-update.company-information.service.gov.uk fiverr.com
    flickr.com flow.page foursquare.com freelancer.com fresha.com g2.com gelbeseiten.de getapp.com github.com gitlab.com glassdoor.ca
    glassdoor.co.uk glassdoor.com glassdoor.de glassdoor.fr gofundme.com goodfirms.co google.ca google.co.in google.co.uk google.com
    google.com.au google.de google.es google.fr google.it google.nl groups.google.com grubhub.com gumroad.com gumtree.com healthgrades.com
    hoo.be houzz.com hub.docker.com imdb.com imgur.com immobilienscout24.de indeed.com indiamart.com indiegogo.com instagram.com
    intercom.help issuu.com itunes.apple.com jameda.de job-boards.greenhouse.io jobs.ashbyhq.com jobs.lever.co jobs.smartrecruiters.com
    jotform.com just-eat.co.uk justdial.com kickstarter.com kleinanzeigen.de ko-fi.com kununu.com lieferando.de line.me linkedin.com
    linkin.bio linktr.ee lnk.bio loom.com lu.ma luma.com made-in-china.com mailchi.mp manta.com mapquest.com maps.apple.com
    maps.google.com marketplace.atlassian.com marketplace.microsoft.com mastodon.social medium.com meet.google.com meetup.com
    mercadolibre.com mercadolivre.com.br messenger.com milkshake.app miro.com mixcloud.com mobile.de monster.com msha.ke music.apple.com
    nextdoor.com northdata.com northdata.de notion.so npmjs.com ok.ru onedrive.live.com open.spotify.com opencorporates.com
    openstreetmap.org opentable.co.uk opentable.com orcid.org owler.com pagesjaunes.fr paginegialle.it pastebin.com patreon.com
    peerspace.com pinterest.ca pinterest.co.uk pinterest.com pinterest.de pinterest.es pinterest.fr pinterest.it pitchbook.com
    play.google.com podcasts.apple.com poshmark.com prezi.com producthunt.com psychologytoday.com pypi.org quora.com rakuten.co.jp
    realtor.com redbubble.com reddit.com redfin.com researchgate.net rightmove.co.uk rocketreach.co scribd.com sharepoint.com shopee.com
    sites.google.com skool.com slideshare.net smartrecruiters.com snapchat.com softwareadvice.com solo.to sortlist.com soundcloud.com
    stackoverflow.com stan.store stepstone.de strava.com substack.com surveymonkey.com taplink.cc tawk.to teams.microsoft.com theknot.com
    threads.com threads.net thumbtack.com tiktok.com toasttab.com tokopedia.com treatwell.co.uk trello.com tripadvisor.co.uk
    tripadvisor.com tripadvisor.de tripadvisor.fr trustpilot.com tumblr.com twitch.tv twitter.com typeform.com ubereats.com udemy.com
    upwork.com vagaro.com vimeo.com vk.com walmart.com wayfair.com waze.com web.archive.org weddingwire.com weibo.com
    welcometothejungle.com wellfound.com wetransfer.com whatsapp.com wikidata.org wikimedia.org wikipedia.org wordpress.com wordpress.org
    x.com xing.com yell.com yellowpages.ca yellowpages.com yelp.ca yelp.co.uk yelp.com yelp.com.au yelp.de yelp.es yelp.fr yelp.ie yelp.it
    youtube.com zillow.com ziprecruiter.com zocdoc.com zoom.us zoominfo.com zoopla.co.uk', '\s+') host WHERE host <> '';

INSERT INTO shared_host (host, kind) SELECT host, 'ALL' FROM regexp_split_to_table('
    126.com 139.com 163.com 189.cn a.co abv.bg adf.ly aim.com alice.it amzn.to aol.co.uk aol.com aol.de aol.fr apple.co arcor.de att.net
    bbox.fr bellsouth.net bigpond.com bigpond.net.au bit.ly bitly.com bk.ru bl.ink bluewin.ch blueyonder.co.uk bol.com.br btinternet.com
    buff.ly casema.nl cdn.ampproject.org centrum.cz charter.net chello.nl clck.ru comcast.net cox.net cutt.ly daum.net db.tt discord.gg
    disroot.org dlvr.it duck.com earthlink.net ebay.to ebay.us eepurl.com email.com email.cz etsy.me fastmail.com fastmail.fm fb.me
    fb.watch forms.gle foxmail.com free.fr freenet.de g.co g.page gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net gmx.us goo.gl
    googlemail.com googleusercontent.com gravatar.com guerrillamail.com hanmail.net hetnet.nl hey.com hispeed.ch home.nl hotmail.be
    hotmail.ca hotmail.co.uk hotmail.com hotmail.com.br hotmail.de hotmail.es hotmail.fr hotmail.it hotmail.nl hubs.la hubs.ly
    hushmail.com i.ua icloud.com ift.tt ig.com.br inbox.com inbox.lv inbox.ru instagr.am interia.pl is.gd kpnmail.nl laposte.net libero.it
    lin.ee linkprotect.cudasvc.com linktr.cc list.ru live.be live.ca live.co.uk live.com live.com.au live.de live.fr live.it live.nl
    lnkd.in m.me mac.com mail.bg mail.com mail.de mail.ee mail.ru mailbox.org mailfence.com mailinator.com maps.app.goo.gl mcaf.ee me.com
    msn.com nate.com naver.com neuf.fr ntlworld.com o2.pl onet.pl onmicrosoft.com op.pl optusnet.com.au orange.fr outlook.be outlook.com
    outlook.com.br outlook.de outlook.es outlook.fr outlook.it outlook.jp ow.ly pin.it planet.nl pm.me posteo.de privaterelay.appleid.com
    proton.me protonmail.ch protonmail.com qq.com qr.ae qrco.de rambler.ru rb.gy rebrand.ly redd.it rediffmail.com rocketmail.com
    runbox.com s.id safelinks.protection.outlook.com sbcglobal.net seznam.cz shaw.ca short.io shorte.st shorturl.at sina.cn sina.com
    skynet.be snip.ly sohu.com spoti.fi sympatico.ca t-online.de t.co t.ly t.me talktalk.net telefonica.net telegram.dog telegram.me
    telenet.be telus.net terra.com.br tin.it tiny.cc tinyurl.com tiscali.it translate.goog trib.al tuta.com tuta.io tutanota.com
    tutanota.de u.to ukr.net uol.com.br upcmail.nl urldefense.com urldefense.proofpoint.com urlz.fr v.gd verizon.net virgilio.it
    vm.tiktok.com vodafone.de wa.link wa.me wanadoo.fr web.de webcache.googleusercontent.com wp.me wp.pl x.co xs4all.nl xtra.co.nz
    yahoo.ca yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com yahoo.com.ar yahoo.com.au yahoo.com.br yahoo.com.mx yahoo.de yahoo.es yahoo.fr
    yahoo.in yahoo.it yandex.com yandex.ru yeah.net ymail.com yopmail.com youtu.be zcu.io ziggo.nl zoho.com zohomail.com', '\s+') host WHERE host <> '';

-- What an operator had added to the older lists, which compared by parts of the name and are read by older programs alone.
INSERT INTO shared_host (host, kind) SELECT lower(host), 'ALL' FROM (SELECT pattern AS host FROM website_hosting_pattern UNION SELECT domain FROM personal_email_provider) old
WHERE lower(host) ~ '^[a-z0-9_-]+([.][a-z0-9_-]+)+$' AND NOT EXISTS (SELECT FROM shared_host s WHERE s.host = lower(old.host));

-- MARK: Phone numbers

-- A line may have several numbers behind it, which are told apart by their extensions.
ALTER TABLE phone_number ADD extension text COLLATE "C" NOT NULL DEFAULT '';
DROP INDEX phone_number_by_number;
CREATE UNIQUE INDEX phone_number_by_number ON phone_number (tenant_id, coalesce(e164, raw_phone_number), extension);
-- Until now such a number was known by its text.
UPDATE phone_number p SET e164 = given.line, extension = given.parts[2], updated_at = now() FROM (
  SELECT tenant_id, id, parts, '+' || regexp_replace(parts[1], '[^0-9]', '', 'g') AS line,
    row_number() OVER (PARTITION BY tenant_id, regexp_replace(parts[1], '[^0-9]', '', 'g'), parts[2] ORDER BY created_at, id) AS place
  FROM (SELECT tenant_id, id, created_at, regexp_match(raw_phone_number, '^[+]([1-9][0-9 .-]*[0-9]) *(?:x|ext[.]?|;ext=) *([0-9]{1,7})$', 'i') AS parts
    FROM phone_number WHERE e164 IS NULL) written WHERE parts IS NOT NULL) given
WHERE p.tenant_id = given.tenant_id AND p.id = given.id AND given.place = 1 AND length(given.line) BETWEEN 9 AND 16;
