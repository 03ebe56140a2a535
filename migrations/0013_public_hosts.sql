-- Domains whose addresses belong to a person and not to a company, and parts of host names that say nothing about a company.

INSERT INTO personal_email_provider VALUES
  ('126.com'), ('163.com'), ('aol.com'), ('fastmail.com'), ('free.fr'), ('gmail.com'), ('gmx.com'), ('gmx.de'), ('gmx.net'),
  ('googlemail.com'), ('hey.com'), ('hotmail.co.uk'), ('hotmail.com'), ('hotmail.fr'), ('hushmail.com'), ('icloud.com'), ('libero.it'),
  ('live.com'), ('mac.com'), ('mail.com'), ('mail.ru'), ('me.com'), ('msn.com'), ('naver.com'), ('orange.fr'), ('outlook.com'),
  ('pm.me'), ('proton.me'), ('protonmail.com'), ('qq.com'), ('rediffmail.com'), ('t-online.de'), ('tutanota.com'), ('web.de'),
  ('yahoo.co.uk'), ('yahoo.com'), ('yahoo.fr'), ('yandex.com'), ('yandex.ru'), ('ymail.com'), ('zoho.com');

INSERT INTO website_hosting_pattern VALUES
  ('blogspot.com'), ('facebook.com'), ('github.io'), ('herokuapp.com'), ('instagram.com'), ('linkedin.com'), ('linktr.ee'), ('myshopify.com'), ('netlify.app'), ('notion.site'), ('pages.dev'),
  ('squarespace.com'), ('substack.com'), ('tiktok.com'), ('twitter.com'), ('vercel.app'), ('webflow.io'), ('weebly.com'), ('wixsite.com'), ('wordpress.com'), ('youtube.com');
