# Section 7.6
crm_mon -l
crm_resource -P
cibadmin --replace
