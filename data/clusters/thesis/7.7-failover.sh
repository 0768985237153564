# Section 7.7: there and back again
crm node standby astapor.got.com
crm node online astapor.got.com
crm node standby braavos.got.com
