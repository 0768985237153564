# Section 7.2.2, on the secondary node
drbdadm disconnect optzimbra
drbdadm secondary optzimbra
drbdadm connect - --discard-my-data optzimbra
